import type { Database } from "@/lib/run/database";
import { openEmbedded } from "@/lib/run/embedded.mjs";

const LOOK_MS = 500;

/** Starts the embedded Postgres again when it has ended by itself. Answers how to stop watching. */
export function watchPostgres(database: Database, dataDir: string, say: (text: string) => void): () => void {
  if (!database.cluster) return () => {};
  let busy = false;
  const timer = setInterval(async () => {
    if (busy || database.cluster?.alive()) return;
    busy = true;
    try {
      say("Postgres has ended; starting it again.");
      database.cluster = (await openEmbedded(dataDir)).cluster;
    } catch (error) {
      say(`Postgres could not be started again: ${error instanceof Error ? error.message : error}`);
    } finally {
      busy = false;
    }
  }, LOOK_MS);
  return () => clearInterval(timer);
}

import { spawn } from "node:child_process";
import { join } from "node:path";
import { withClient } from "@/lib/run/postgres/database.mjs";
import { step } from "@/lib/run/progress.mjs";
import { ROOT } from "@/lib/run/root.mjs";

/**
 * Puts in what a new installation starts with (prisma/seed.ts). Asks the database first, with one query, whether
 * there is anything to do, so that later starts do not wait for it.
 */
export async function seedDatabase(
  adminUrl: string,
  env: Record<string, string | undefined>,
  withProvider: boolean,
  say: (text: string) => void,
): Promise<void> {
  const wantedUrl = `${env.TOLLGATE_SANDBOX_URL ?? ""}/echo/v1`;
  const done = await withClient(adminUrl, async (client) => {
    const { rows } = await client.query<{
      packs: boolean;
      url: string | null;
      enabled: boolean;
      seeded: boolean;
    }>(
      `SELECT EXISTS (SELECT FROM packs) AS packs,
              EXISTS (SELECT FROM settings WHERE name = 'seeded') AS seeded,
              (SELECT base_url FROM connections WHERE name = 'sandbox') AS url,
              coalesce((SELECT enabled FROM connections WHERE name = 'sandbox'), false) AS enabled`,
    );
    const [row] = rows;
    if (!row?.packs) return false;
    if (!withProvider) return !row.enabled;
    return row.seeded && (row.url === null || (row.url === wantedUrl && row.enabled));
  });
  if (!done) await step(say, "Filling the new database", () => runSeed(env));
}

function runSeed(env: Record<string, string | undefined>): Promise<void> {
  return new Promise((resolve, reject) => {
    const args = ["--enable-source-maps", join(ROOT, ".build/seed.mjs")];
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: env as NodeJS.ProcessEnv,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        output += chunk;
      });
    }
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`The new database could not be filled.\n${output.trim()}`)),
    );
  });
}

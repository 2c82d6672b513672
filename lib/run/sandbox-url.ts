import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "@/lib/run/free-port.mjs";

function remembered(file: string): number | undefined {
  try {
    return Number(JSON.parse(readFileSync(file, "utf8")).port) || undefined;
  } catch {
    return undefined;
  }
}

/** Where the stand-ins listen: the port of the last start, or another free one. */
export async function sandboxUrl(dataDir: string): Promise<string> {
  const file = join(dataDir, "sandbox.json");
  const before = remembered(file);
  const port = await freePort(before).catch(() => freePort());
  if (port !== before) writeFileSync(file, JSON.stringify({ port }));
  return `http://127.0.0.1:${port}`;
}

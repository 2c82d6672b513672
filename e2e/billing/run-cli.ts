import { spawn } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "@/lib/run/root.mjs";

/** Runs `tollgate ARGS` on the database of the system that the browser tests look at; throws when it fails. */
export async function runCli(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [join(ROOT, "lib/run/cli.mjs"), ...args], {
    cwd: ROOT,
    env: { ...process.env, TOLLGATE_DATA_DIR: process.env.TOLLGATE_TEST_DATA_DIR },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  if (code !== 0) throw new Error(`tollgate ${args.join(" ")} ended with ${code}: ${output}`);
  return output;
}

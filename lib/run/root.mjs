import { existsSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";

function findRoot() {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
    if (folder === dirname(folder))
      throw new Error("package.json is not above lib/run: the clone is not whole");
  }
}

/** The folder of this clone, whether this runs from lib/run or from a bundle in .build. */
export const ROOT = findRoot();

/**
 * Where the state of this installation is: TOLLGATE_DATA_DIR, else .data in the clone.
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {string}
 */
export function dataFolder(env = process.env) {
  const wanted = env.TOLLGATE_DATA_DIR?.trim() || ".data";
  return isAbsolute(wanted) ? wanted : join(ROOT, wanted);
}

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { ROOT } from "./root.mjs";

const NOT_BUILT = /(\.test\.tsx?|\.fixture\.ts|\.md)$/;

function* filesUnder(path) {
  if (!existsSync(path)) return;
  if (statSync(path).isFile()) {
    yield path;
    return;
  }
  for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name === "generated" || entry.name === "node_modules") continue;
    yield* filesUnder(join(path, entry.name));
  }
}

/**
 * A digest of the contents of files and folders of the clone, without tests: what is built from them is built again
 * when it changes, and only then.
 * @param {string[]} paths relative to the clone
 * @param {string[]} [without] folders in them that do not count
 */
export function contentStamp(paths, without = []) {
  const hash = createHash("sha256").update(process.version);
  for (const path of paths) {
    for (const file of filesUnder(join(ROOT, path))) {
      const name = relative(ROOT, file);
      if (NOT_BUILT.test(name) || without.some((folder) => name.startsWith(`${folder}/`))) continue;
      hash.update(`\n${name}\n`).update(readFileSync(file));
    }
  }
  return hash.digest("hex");
}

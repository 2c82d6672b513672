import type { Source } from "@/e2e/architecture/read-sources";

const SERVER_PACKAGES =
  /^(node:|pg$|@prisma\/|stripe$|nodemailer$|pino$|@node-rs\/|server-only$|next\/headers$)/;
const SERVER_FILES = new Set(["lib/db.ts", "lib/env.ts", "lib/log.ts"]);

/**
 * The way from a component to code that only runs on the server, or null. What a file of server actions imports does
 * not count: the browser gets a reference to it, not its code.
 */
export function findServerCode(start: Source, byPath: ReadonlyMap<string, Source>): string[] | null {
  const seen = new Set<string>();
  const search = (source: Source, trail: string[]): string[] | null => {
    for (const { specifier, file, typeOnly } of source.imports) {
      if (typeOnly) continue;
      if (SERVER_PACKAGES.test(specifier)) return [...trail, specifier];
      if (!file || seen.has(file)) continue;
      seen.add(file);
      if (SERVER_FILES.has(file)) return [...trail, file];
      const next = byPath.get(file);
      if (!next || /^\s*["']use server["']/.test(next.text)) continue;
      const found = search(next, [...trail, file]);
      if (found) return found;
    }
    return null;
  };
  return search(start, [start.path]);
}

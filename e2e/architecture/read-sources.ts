import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { ROOT } from "@/lib/run/root.mjs";

export interface Import {
  specifier: string;
  /** `import type`, which leaves nothing behind at run time. */
  typeOnly: boolean;
  /** Path in the clone when it leads to a file of ours. */
  file: string | undefined;
}

export interface Source {
  /** Path in the clone, for example `lib/keys/create-key.ts`. */
  path: string;
  text: string;
  lines: number;
  imports: Import[];
  isTest: boolean;
}

const NOT_OURS = new Set(["node_modules", "generated", ".next", ".build", ".data", "test-results"]);
const CODE = /\.(ts|tsx|mts|mjs|js)$/;
/** `import ... from "x"`, `export ... from "x"`, `import "x"` and `import("x")`. */
const IMPORTS =
  /(?:^|[\n;])\s*(?<kind>import|export)\s+(?<type>type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?["'](?<named>[^"'\n]+)["']|\bimport\(\s*["'](?<dynamic>[^"'\n]+)["']\s*\)/g;

export function filesUnder(folder: string): string[] {
  const whole = join(ROOT, folder);
  if (!existsSync(whole)) return [];
  if (statSync(whole).isFile()) return [folder];
  return readdirSync(whole, { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}

function resolveImport(from: string, specifier: string): string | undefined {
  const base = specifier.startsWith("@/")
    ? join(ROOT, specifier.slice(2))
    : specifier.startsWith(".")
      ? join(ROOT, dirname(from), specifier)
      : undefined;
  if (!base) return undefined;
  const found = ["", ".ts", ".tsx", ".mjs", "/index.ts", "/index.tsx"]
    .map((end) => base + end)
    .find((file) => existsSync(file) && statSync(file).isFile());
  return found ? relative(ROOT, found) : relative(ROOT, base);
}

function readImports(path: string, text: string): Import[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "");
  return [...code.matchAll(IMPORTS)].map(({ groups }) => {
    const specifier = groups?.named ?? groups?.dynamic ?? "";
    return { specifier, typeOnly: Boolean(groups?.type), file: resolveImport(path, specifier) };
  });
}

/** Every file of code in these folders of the clone, with what it imports. */
export function readSources(folders: readonly string[]): Source[] {
  return folders
    .flatMap(filesUnder)
    .filter((path) => CODE.test(path))
    .map((path) => {
      const text = readFileSync(join(ROOT, path), "utf8");
      return {
        path,
        text,
        lines: text.split("\n").length - (text.endsWith("\n") ? 1 : 0),
        imports: readImports(path, text),
        isTest: /\.(test|fixture|spec)\.tsx?$/.test(path),
      };
    });
}

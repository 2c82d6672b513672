import { execFileSync, spawnSync } from "node:child_process";
import { parseEnv } from "node:util";
import { transformSync } from "esbuild";
import { parse as parseYaml } from "yaml";
import type { SetupBlock } from "@/lib/clients/render";

export type Ready = Extract<SetupBlock, { status: "ready" }>;

/** Every value that a block carries, read back the way its client reads it. Throws if it does not parse. */
export function readBack(block: Ready): string[] {
  switch (block.kind) {
    case "env":
      return Object.values(parseEnv(block.text) as Record<string, string>);
    case "json":
      return leaves(JSON.parse(block.text));
    case "yaml":
      return leaves(parseYaml(block.text));
    case "compose":
      return leaves(parseYaml(block.text)).map((value) => value.replaceAll("$$", "$"));
    case "toml":
      return Object.values(readToml(block.text));
    case "shell":
      return shellWords(block.text);
    case "javascript":
      transformSync(block.text, { loader: "js", format: "esm" });
      return literals(block.text);
    case "python":
      return literals(block.text);
    case "ui-steps":
      return (block.steps ?? []).flatMap(({ fields = [] }) => fields.map(({ value }) => value));
  }
}

export function leaves(value: unknown): string[] {
  if (value !== null && typeof value === "object") return Object.values(value).flatMap(leaves);
  return [String(value)];
}

/** The string literals of a program, which are JSON strings by formats/code. */
function literals(program: string): string[] {
  return (program.match(/"(?:[^"\\\n]|\\.)*"/g) ?? []).map((literal) => String(JSON.parse(literal)));
}

const PROGRAMS = ["curl", "cline", "opencode", "kilo", "codex", "claude", "aider", "qwen", "zed"];

/** What a shell hands to the commands of a script, which are replaced by functions, and what it exports. */
export function shellWords(script: string): string[] {
  const functions = PROGRAMS.map((name) => `${name}() { say "$@"; }`).join("\n");
  const exported = [...script.matchAll(/^export ([A-Z_]+)=/gm)].map(([, name]) => `say "$${name}"`);
  // No PATH: a word that breaks out of its quotes cannot start anything.
  const said = execFileSync("/bin/bash", ["--norc"], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    input: `set -eu\nPATH=/nowhere\nsay() { printf '%s\\0' "$@"; }\n${functions}\n${script}\n${[...new Set(exported)].join("\n")}\n`,
  });
  return said.split("\0").slice(0, -1);
}

/**
 * The part of TOML 1.0 that the blocks use, and nothing beyond: tables, and keys with strings in double quotes.
 * Keys come out with their table's name. Throws on anything else and on a key given twice.
 */
export function readToml(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  let table = "";
  for (const line of text.split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const head = /^\[([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)\]$/.exec(line)?.[1];
    if (head) {
      table = `${head}.`;
      continue;
    }
    const [, key, value] =
      /^([A-Za-z0-9_-]+) = ("(?:[^"\\\p{Cc}]|\\["\\bfnrt]|\\u[0-9A-Fa-f]{4})*")$/u.exec(line) ?? [];
    if (!key || !value) throw new SyntaxError(`not TOML: ${line}`);
    const name = table + key;
    if (Object.hasOwn(found, name)) throw new SyntaxError(`twice: ${name}`);
    found[name] = String(JSON.parse(value));
  }
  return found;
}

/** Whether there is a Python here whose own parsers can be asked. */
export const PYTHON = spawnSync("python3", ["-c", "import ast, tomllib"]).status === 0;

/** Parses programs (by ast) or TOML files (by tomllib) with Python's own parsers; throws on the first that fails. */
export function parseByPython(kind: "python" | "toml", texts: readonly string[]): void {
  const parse = kind === "python" ? "ast.parse(text)" : "tomllib.loads(text)";
  const program = `import ast, json, sys, tomllib\nfor text in json.load(sys.stdin):\n    ${parse}\n`;
  execFileSync("python3", ["-c", program], { input: JSON.stringify(texts), encoding: "utf8" });
}

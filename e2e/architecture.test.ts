import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { basename, extname } from "node:path";
import { describe, expect, it } from "vitest";
import { findCycles } from "@/e2e/architecture/find-cycles";
import { findServerCode } from "@/e2e/architecture/find-server-code";
import { findMoneyAsNumber } from "@/e2e/architecture/money-as-number";
import { filesUnder, readSources, type Source } from "@/e2e/architecture/read-sources";
import { BANNED_NAMES, IMPORT_RULES, ROOT_ENTRIES } from "@/e2e/architecture/rules";
import { ROOT } from "@/lib/run/root.mjs";

/** The rules of the house. A failure names the file, the rule and what to do; none may be left standing. */

const MEDIAN_LINES = 70;
const MOST_LINES = 300;
/** Tests are read from the top; they may be longer. */
const MOST_LINES_OF_A_TEST = 500;
const NEARLY_ALL_LINES = 200;

const product = readSources(["app", "components", "lib", "prisma/seed.ts", "proxy.ts", "next.config.ts"]);
const everything = [...product, ...readSources(["e2e"])];
const byPath = new Map(everything.map((source) => [source.path, source]));

/** Lists of facts, as long as what they list. */
const isCatalogue = ({ path }: Source) =>
  path.startsWith("lib/clients/") ||
  path.startsWith("lib/messages/") ||
  path === "lib/gateway/dialects/errors.ts";
/** Without comments, and without text that only looks like code. */
const codeOf = (text: string) =>
  text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "").replace(/`[^`]*`|"[^"\n]*"|'[^'\n]*'/g, '""');
const isVerbFile = ({ path, isTest }: Source) => !isTest && /^lib\/[^/]+\/[^/]+\.ts$/.test(path);

describe("money", () => {
  it("is never a number", () => {
    expect(findMoneyAsNumber(product)).toEqual([]);
    const wrong = (text: string) =>
      findMoneyAsNumber([{ path: "lib/x.ts", isTest: false, text, imports: [] } as unknown as Source]).length;
    expect(wrong("interface A { costNano: number }")).toBe(1);
    expect(wrong("const x = Number(row.priceMinor);")).toBe(1);
    expect(wrong("Math.round(totalPico / 2n)")).toBe(1);
    expect(wrong("interface A { costNano: bigint; tokens: number }")).toBe(0);
  });
});

describe("imports", () => {
  it.each(IMPORT_RULES)("$name", ({ fix, breaks }) => {
    const violations = everything.flatMap((source) =>
      source.imports
        .filter((imported) => breaks(source, imported))
        .map(({ specifier }) => `${source.path} imports ${specifier}: ${fix}`),
    );
    expect(violations).toEqual([]);
  });

  it("never go round in a circle", () => {
    const cycles = findCycles(product).map(
      (cycle) => `${cycle.join(" -> ")}: move what both need into a third file`,
    );
    expect(cycles).toEqual([]);
  });

  it("keep the server's code out of components", () => {
    const violations = product
      .filter(({ path, isTest }) => path.startsWith("components/") && !isTest)
      .flatMap((source) => {
        const way = findServerCode(source, byPath);
        return way ? [`${way.join(" -> ")}: pass the value as a property instead`] : [];
      });
    expect(violations).toEqual([]);
  });

  it("name the file that has the thing: no barrels", () => {
    const violations = product
      .filter(({ path, text }) => /^index\.[a-z]+$/.test(basename(path)) || /^export \* from/m.test(text))
      .map(({ path }) => `${path} passes on what other files export: import these directly`);
    expect(violations).toEqual([]);
  });
});

describe("the environment", () => {
  it("is read in lib/env.ts only, and by the plain scripts that run before it", () => {
    const violations = product
      .filter(({ path }) => path !== "lib/env.ts" && !/^lib\/run\/.*\.mjs$/.test(path))
      .filter(({ isTest, text }) => !isTest && /\bprocess\.env\b/.test(codeOf(text)))
      .map(({ path }) => `${path} reads process.env: ask env() of lib/env.ts`);
    expect(violations).toEqual([]);
  });
});

describe("files", () => {
  it("have at most 300 lines, tests 500", () => {
    const most = ({ path, isTest }: Source) =>
      isTest || path.startsWith("e2e/") ? MOST_LINES_OF_A_TEST : MOST_LINES;
    const violations = everything
      .filter((source) => source.lines > most(source) && !isCatalogue(source))
      .map(({ path, lines }) => `${path} has ${lines} lines: divide it by what it decides`);
    expect(violations).toEqual([]);
  });

  it("are short: half of them under 70 lines, 95 % under 200", () => {
    const lengths = product
      .filter((source) => !source.isTest && !isCatalogue(source))
      .map(({ lines }) => lines)
      .sort((a, b) => a - b);
    const at = (share: number) => lengths[Math.floor((lengths.length - 1) * share)];
    expect(at(0.5), "median of lines in a file").toBeLessThanOrEqual(MEDIAN_LINES);
    expect(at(0.95), "lines in 95 % of files").toBeLessThan(NEARLY_ALL_LINES);
  });

  it("are named in kebab-case, as their folders are", () => {
    const word = "[a-z0-9]+(?:-[a-z0-9]+)*";
    // Next's own: _private, (group), @slot, [param], [[...rest]], and (.), (..) before a route that is intercepted.
    const routing = `_${word}|\\(${word}\\)|@${word}|(?:\\(\\.+\\))?(?:\\[{1,2}(?:\\.{3})?[a-zA-Z]+\\]{1,2}|${word})`;
    const segment = new RegExp(`^(?:${word}|${routing})$`);
    const violations = filesUnder("app")
      .concat(filesUnder("components"), filesUnder("lib"), filesUnder("e2e"))
      .filter((path) => extname(path) !== ".md")
      .filter((path) => path.split("/").some((part) => !segment.test(part.replace(/(\.[a-z0-9]+)+$/i, ""))))
      .map((path) => `${path}: write it in kebab-case`);
    expect(violations).toEqual([]);
  });

  it("say what they are: nothing is called utils, helpers, common, shared or misc", () => {
    const violations = everything
      .filter(({ path }) => path.split("/").some((part) => BANNED_NAMES.test(part)))
      .map(({ path }) => `${path}: name it after what it does`);
    expect(violations).toEqual([]);
  });

  it("export one verb each", () => {
    const verbs = /^export (?:async )?function (?!require)(\w+)\(\s*(?:ctx|_ctx)\b/gm;
    const violations = product
      .filter(isVerbFile)
      .map(({ path, text }) => ({ path, names: [...text.matchAll(verbs)].map(([, name]) => name) }))
      .filter(({ names }) => names.length > 1)
      .map(({ path, names }) => `${path} has ${names.join(", ")}: give each a file`);
    expect(violations).toEqual([]);
  });
});

describe("the root", () => {
  it("holds what the plan names, and nothing else", () => {
    const entries = readdirSync(ROOT);
    const unknown = entries.filter((name) => !ROOT_ENTRIES.has(name));
    const ignored = new Set(
      unknown.length === 0 ? [] : ignoredByGit(unknown).map((name) => name.replace(/\/$/, "")),
    );
    expect(unknown.filter((name) => !ignored.has(name)).map((name) => `${name}: not in the plan`)).toEqual(
      [],
    );
  });
});

function ignoredByGit(names: readonly string[]): string[] {
  try {
    return execFileSync("git", ["check-ignore", ...names], { cwd: ROOT, encoding: "utf8" })
      .trim()
      .split("\n");
  } catch {
    return [];
  }
}

import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { coverageTable, listStatements } from "@/e2e/seeds/coverage";

const folder = new URL(".", import.meta.url);
const files = readdirSync(folder).filter((name) => /\.(?:test|spec)\.ts$/.test(name));
const source = (file: string) => readFileSync(new URL(file, folder), "utf8");

it("each statement has one test, in the file that the table names, and no test proves anything else", () => {
  const found = files.flatMap((file) =>
    [...source(file).matchAll(/"([a-z]+\.[a-z0-9-]+)"/g)].flatMap(([, id = ""]) =>
      listStatements().has(id) ? [`${id} in ${file}`] : [],
    ),
  );
  const wanted = [...listStatements()].map(([id, { file }]) => `${id} in ${file}`);
  expect(found.sort()).toEqual(wanted.sort());
});

it("no two statements say the same, and the table has them all", () => {
  const says = [...listStatements().values()].map((statement) => statement.says);
  expect(new Set(says).size).toBe(says.length);
  expect(coverageTable().trim().split("\n").length).toBe(says.length + 2);
});

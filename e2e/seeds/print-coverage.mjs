/** Prints the table of what the suite covers: `node e2e/seeds/print-coverage.mjs`. */
import { readFileSync } from "node:fs";
import { transformSync } from "esbuild";

const source = readFileSync(new URL("coverage.ts", import.meta.url), "utf8");
const { code } = transformSync(source, { loader: "ts", format: "esm" });
const { coverageTable } = await import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`);
process.stdout.write(coverageTable());

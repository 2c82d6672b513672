import { describe, expect, it } from "vitest";
import { runCli } from "./run-cli";

async function call(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    out: (text: string) => out.push(text),
    err: (text: string) => err.push(text),
    read: async () => "",
  };
  const code = await runCli(args, io);
  return { code, out: out.join("\n"), err: err.join("\n") };
}

const email = "ada@example.com";
const create = ["keys", "create", "--email", email, "--name"];

const connect = ["connections", "add", "--name", "c", "--kind"];
const prices = ["--input-usd-per-million", "1", "--output-usd-per-million"];
const publish = [
  "models",
  "add",
  "--id",
  "m",
  "--connection",
  "c",
  "--upstream-id",
  "m",
  "--context",
  "9",
  ...prices,
];

describe("the command line, before it touches the database", () => {
  it("explains every noun and verb", async () => {
    const { code, out } = await call("--help");
    expect(code).toBe(0);
    for (const noun of [
      "users",
      "credits",
      "keys",
      "connections",
      "models",
      "routes",
      "aliases",
      "usage",
      "ledger",
    ]) {
      expect(out).toContain(noun);
      const missing = await call(noun);
      expect([missing.code, missing.out]).toEqual([2, ""]);
      expect(missing.err).toContain(`tollgate ${noun}`);
    }
    const help = await call("keys", "create", "--help");
    expect(help.code).toBe(0);
    expect(help.out).toContain("--budget-period");
  });

  it.each([
    [["nonsense"], /nonsense/],
    [["keys", "nonsense"], /nonsense/],
    [["keys", "create", "--email", email], /--name/],
    [[...create, "a", "--bogus"], /--bogus/],
    [[...create, "a", "extra"], /too many arguments/],
    [[...create, "a", "--rpm", "many"], /^--rpm: /],
    [[...create, "a", "--budget-usd", "lots"], /^--budget-usd: /],
    [[...create, "a", "--budget-usd", "-1"], /^--budget-usd: /],
    [[...create, "a", "--budget-period", "day"], /^--budget-usd: /],
    [[...create, "a", "--budget-usd", "5", "--budget-period", "year"], /^--budget-period: /],
    [[...create, "a", "--expires", "tomorrow"], /^--expires: /],
    [["keys", "list", "--email", email, "--status", "gone"], /^--status: /],
    [["keys", "rotate", "--id", "key_x", "--overlap", "31d"], /^--overlap: /],
    [["credits", "grant", "--email", email, "--usd", "0", "--reason", "r"], /^--usd: /],
    [["credits", "grant", "--email", email, "--usd", "1", "--reason", " "], /^--reason: /],
    [["credits", "grant", "--email", email, "--usd", "99999999999", "--reason", "r"], /^--usd: /],
    [["usage", "show", "--email", email, "--days", "0"], /^--days: /],
    [["usage", "show", "--email", email, "--days", "x"], /^--days: /],
    [
      [...connect, "azure", "--url", "https://r.example/openai/deployments/d"],
      /^--api-version: .*api-version/,
    ],
    [[...connect, "google", "--url", "https://g.example/v1beta?key=AIza"], /^--url: .*key/],
    [[...connect, "anthropic", "--url", "https://a.example", "--dialects", "chat"], /^--dialects: /],
    [
      [...connect, "openai-compatible", "--url", "https://a.example", "--dialects", "telepathy"],
      /^--dialects: /,
    ],
    [[...connect, "openai-compatible", "--url", "https://a.example", "--header", "Host: x"], /^--header: /],
    [[...publish, "1", "--cache-write-5m-usd-per-million", "-1"], /^--cache-write-5m-usd-per-million: /],
    [[...publish, "1", "--request-usd", "lots"], /^--request-usd: /],
    [[...publish, "1", "--strategy", "luck"], /^--strategy: /],
    [[...publish, "1", "--weight", "-1"], /^--weight: /],
    [["aliases", "add", "--id", "a b", "--models", "x"], /^--id: /],
    [["models", "price", "--id", "m", ...prices, "1", "--from", "tomorrow"], /^--from: /],
  ])("%j is one sentence and 2", async (args, sentence) => {
    const { code, out, err } = await call(...args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(sentence);
    expect(err.split("\n")).toHaveLength(1);
  });
});

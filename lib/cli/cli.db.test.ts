import { spawn } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { runCli } from "@/lib/cli/run-cli";
import { closeDb } from "@/lib/db";
import { ensureBuilt } from "@/lib/run/build.mjs";

/** The bundled entry as the bootstrap starts it, on this test file's own database. */
function run(args: string[], input = "", env: Record<string, string> = {}) {
  return new Promise<{ code: number | null; out: string; err: string }>((resolve, reject) => {
    const child = spawn(process.execPath, [".build/cli.mjs", ...args], { env: { ...process.env, ...env } });
    let out = "";
    let err = "";
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      err += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
    child.stdin.end(input);
  });
}

/** The same without a process, where only the answer matters. */
async function call(args: string[]) {
  let out = "";
  let err = "";
  const io = {
    out: (text: string) => {
      out += `${text}\n`;
    },
    err: (text: string) => {
      err += `${text}\n`;
    },
    read: async () => "",
  };
  const code = await runCli(args, io);
  return { code, out, err };
}

// Each of these starts several processes, on a machine that may be doing much else.
vi.setConfig({ testTimeout: 120_000 });

const email = "ada@example.com";
const password = "correct horse battery staple";
const SECRET = /^sk-tg-[0-9A-Za-z]{49}\n$/;

beforeAll(async () => {
  await ensureBuilt(() => {}, ["client", "bundles"]);
  const made = await run(["users", "create", "--email", email, "--password", "-"], `${password}\n`);
  expect(made).toMatchObject({ code: 0, err: "" });
  expect(made.out).toMatch(/^usr_[0-9A-Za-z]{22}\n$/);
}, 120_000);

afterAll(closeDb);

describe("the command line", () => {
  it("ends with 2 when it is used wrongly", async () => {
    const { code, out, err } = await run(["keys", "create", "--email", email]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/--name/);
  });

  it("ends with 1 and one sentence when it is refused", async () => {
    const refused: [string[], RegExp][] = [
      [["users", "create", "--email", email, "--password", password], /already/],
      [["users", "create", "--email", "b@example.com", "--password", "short"], /--password/],
      [["credits", "show", "--email", "nobody@example.com"], /no such account/],
      [["keys", "create", "--email", email, "--name", "a", "--models", "nope"], /--models.*nope/],
      [["keys", "create", "--email", email, "--name", "a", "--expires", "2020-01-01"], /--expires.*past/],
      [["keys", "revoke", "--id", "key_0000000000000000000000"], /no such key/],
      [["keys", "rotate", "--id", "' OR 1=1", "--overlap", "0"], /no such key/],
    ];
    for (const [args, expected] of refused) {
      const { code, out, err } = await call(args);
      expect([code, out], err).toEqual([1, ""]);
      expect(err.trim().split("\n")).toHaveLength(1);
      expect(err).toMatch(expected);
    }
    const gone = await run(["ledger", "check"], "", { DATABASE_URL: "postgresql://x@127.0.0.1:1/x" });
    expect(gone).toMatchObject({ code: 1, out: "" });
    expect(gone.err).toMatch(/database does not answer/);
    const wrong = await run(["ledger", "check"], "", { PORT: "many" });
    expect(wrong.code).toBe(1);
    expect(wrong.err).toMatch(/PORT/);
    expect(wrong.err).not.toMatch(/\n\s+at /);
  });

  it("gives credit, exactly", async () => {
    const grant = ["credits", "grant", "--email", email, "--reason", "a test", "--usd"];
    expect((await call([...grant, "5"])).out).toContain("$5");
    const exact = await call([...grant, "0.000000001", "--json"]);
    expect(JSON.parse(exact.out)).toMatchObject({ grantedUsd: "0.000000001", balanceUsd: "5.000000001" });
    const shown = await call(["credits", "show", "--email", "ADA@example.com", "--json"]);
    expect(JSON.parse(shown.out)).toMatchObject({ availableUsd: "5.000000001", heldUsd: "0", debtUsd: "0" });
    const checked = await call(["ledger", "check", "--json"]);
    expect([checked.code, JSON.parse(checked.out)]).toEqual([0, { ok: true, drift: [] }]);
  });

  it("prints a key alone, once, and never again", async () => {
    const made = await run(["keys", "create", "--email", email, "--name", "laptop", "--budget-usd", "0.5"]);
    expect(made.out).toMatch(SECRET);
    const secret = made.out.trim();
    const listed = await call(["keys", "list", "--email", email, "--json"]);
    expect(listed.out).not.toContain(secret);
    const [key] = JSON.parse(listed.out);
    expect(key).toMatchObject({ name: "laptop", status: "active", limits: { totalBudgetUsd: "0.5" } });
    expect(key.secrets[0].key).toBe(`sk-tg-…${secret.slice(-4)}`);

    const rotated = await run(["keys", "rotate", "--id", key.id, "--overlap", "1h"]);
    expect(rotated.out).toMatch(SECRET);
    expect(rotated.err).toMatch(/works until \d{4}-/);
    const table = await call(["keys", "list", "--email", email, "--status", "rotating"]);
    expect(table.out).toContain(`sk-tg-…${rotated.out.trim().slice(-4)} sk-tg-…${secret.slice(-4)}`);

    expect(await call(["keys", "revoke", "--id", key.id])).toMatchObject({ code: 0, err: "" });
    const after = await run(["keys", "rotate", "--id", key.id, "--overlap", "0"]);
    expect([after.code, after.out]).toEqual([1, ""]);
  });

  it("shows usage, also where there is none", async () => {
    const none = await call(["usage", "show", "--email", email, "--days", "7", "--json"]);
    expect(JSON.parse(none.out)).toMatchObject({ totals: { calls: 0, costUsd: "0" }, byModel: [] });
  });
});

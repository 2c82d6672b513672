import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { account } from "@/lib/auth/account.fixture";
import { runCli } from "@/lib/cli/run-cli";
import { closeDb, db, pool } from "@/lib/db";
import { env } from "@/lib/env";
import { newId } from "@/lib/ids";
import { parsePeppers } from "@/lib/keys/token";
import { KeyVerifier } from "@/lib/keys/verify-key";

afterAll(closeDb);

let email = "";
beforeAll(async () => {
  ({ email } = await account());
});

async function run(...args: string[]) {
  const said = { out: "", err: "" };
  const io = {
    out: (text: string) => {
      said.out += text;
    },
    err: (text: string) => {
      said.err += text;
    },
    read: async () => "",
  };
  const code = await runCli(args, io);
  return { code, ...said };
}

async function json(...args: string[]) {
  const { code, out, err } = await run(...args, "--json");
  expect([code, err]).toEqual([0, ""]);
  return JSON.parse(out);
}

async function works(secret: string) {
  const verdict = await new KeyVerifier(pool(), parsePeppers(env().TOLLGATE_KEY_PEPPER)).verify(secret);
  return verdict.ok || verdict.refusal;
}

describe("keys on the command line", () => {
  it("are made with a warning where a limit limits nothing, shown and changed", async () => {
    const made = await run(
      "keys",
      "create",
      "--email",
      email,
      "--name",
      "ci",
      "--ip",
      "0.0.0.0/0",
      "--models",
      "x/*",
    );
    expect(made.out).toMatch(/^sk-tg-[0-9A-Za-z]{49}$/);
    expect(made.err).toContain(
      "Careful: 0.0.0.0/0 lets every address in.\nCareful: no model fits x/* at present.\n",
    );
    const [{ id }] = await json("keys", "list", "--email", email);

    const limits = ["--budget-usd", "5", "--budget-period", "week", "--rpm", "60", "--expires", "2031-01-31"];
    const changed = await json("keys", "update", "--id", id, "--name", "ci 2", ...limits, "--ip", "none");
    expect(changed).toMatchObject({
      name: "ci 2",
      limits: { periodBudgetUsd: "5", period: "week", requestsPerMinute: 60, ipRanges: [], models: ["x/*"] },
    });
    expect(await json("keys", "show", "--id", id)).toEqual(changed);
    const shown = await run("keys", "show", "--id", id);
    expect(shown.out).toMatch(/NAME\s+ci 2\n/);
    expect(shown.out).toContain("$5/week, 60 rpm, 1 model");
    const without = ["--rpm", "none", "--models", "", "--budget-usd", "none", "--budget-period", "week"];
    expect(await json("keys", "update", "--id", id, ...without)).toMatchObject({
      limits: { periodBudgetUsd: null, period: null, requestsPerMinute: null, models: [] },
    });
    for (const [flags, message] of [
      [["--rpm", "0"], "--rpm: "],
      [["--budget-usd", "-1"], "--budget-usd: "],
      [["--expires", "2020-01-01"], "--expires: "],
      [["--models", "a b?"], "--models: "],
      [["--ip", "300.1.1.1"], "--ip: "],
    ] as const) {
      const refused = await run("keys", "update", "--id", id, ...flags);
      expect(refused.code).toBeGreaterThan(0);
      expect(refused.err).toContain(message);
    }
  });

  it("are rotated, cut short, paused, resumed and revoked", async () => {
    const { id, key: first } = await json("keys", "create", "--email", email, "--name", "life");
    const { key: second } = await json("keys", "rotate", "--id", id, "--overlap", "1h");
    expect([await works(first), await works(second)]).toEqual([true, true]);
    await json("keys", "end-overlap", "--id", id);
    expect([await works(first), await works(second)]).toEqual(["api_key_expired", true]);
    await json("keys", "pause", "--id", id);
    expect(await works(second)).toBe("api_key_disabled");
    await json("keys", "resume", "--id", id);
    const { key: third } = await json("keys", "rotate", "--id", id, "--leaked");
    expect([await works(second), await works(third)]).toEqual(["api_key_expired", true]);
    expect((await run("keys", "rotate", "--id", id)).err).toContain("--overlap");
    await json("keys", "revoke", "--id", id);
    expect(await works(third)).toBe("invalid_api_key");
    expect((await run("keys", "resume", "--id", id)).err).toContain("revoked");
  });

  it("are all rotated at once, each new secret shown beside its name", async () => {
    const own = await account();
    expect((await run("keys", "rotate-all", "--email", own.email, "--leaked")).out).toBe("No keys.");
    const a = await json("keys", "create", "--email", own.email, "--name", "a");
    await json("keys", "create", "--email", own.email, "--name", "b");
    const rotated = await json("keys", "rotate-all", "--email", own.email, "--leaked");
    expect(rotated.map(({ name }: { name: string }) => name)).toEqual(["a", "b"]);
    expect([await works(a.key), await works(rotated[0].key)]).toEqual(["api_key_expired", true]);
  });

  it("for management have verbs of their own", async () => {
    const { id, key } = await json(
      "management-keys",
      "create",
      "--email",
      email,
      "--name",
      "deploy",
      "--ip",
      "10.0.0.0/8",
    );
    expect(key).toMatch(/^mk-tg-[0-9A-Za-z]{49}$/);
    expect(await json("management-keys", "list", "--email", email)).toMatchObject([{ id, status: "active" }]);
    expect((await run("keys", "revoke", "--id", id)).err).toContain("no such key");
    await json("management-keys", "revoke", "--id", id);
    expect((await run("management-keys", "list", "--email", email)).out).toMatch(
      /deploy\s+mk-tg-….{4}\s+revoked/,
    );
  });

  it("say nothing of ids that are none, and take reminders in days", async () => {
    for (const verb of ["show", "pause", "resume", "revoke", "end-overlap"]) {
      for (const id of [newId("key"), "nonsense", "key_\0"]) {
        const refused = await run("keys", verb, "--id", id);
        expect([refused.code, refused.err], `${verb} ${id}`).toEqual([1, "There is no such key here."]);
      }
    }
    await json("keys", "remind", "--email", email, "--days", "30");
    const { workspaceId } = await db().member.findFirstOrThrow({ where: { user: { email } } });
    expect((await db().workspace.findUniqueOrThrow({ where: { id: workspaceId } })).keyReminderDays).toBe(30);
    expect((await run("keys", "remind", "--email", email, "--days", "-3")).code).toBe(2);
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Ctx } from "@/lib/actor";
import { closeDb, pool } from "@/lib/db";
import { createKey } from "@/lib/keys/create-key";
import { getKeyReminder } from "@/lib/keys/get-key-reminder";
import { KEY_ORDERS } from "@/lib/keys/list-choices";
import { type KeysPageFilter, listKeysPage } from "@/lib/keys/list-keys-page";
import { pauseKey } from "@/lib/keys/pause-key";
import { revokeKey } from "@/lib/keys/revoke-key";
import { setKeyReminder } from "@/lib/keys/set-key-reminder";
import { makeCtx } from "@/lib/keys/test-workspace";

const USD = 1_000_000_000n;
afterAll(closeDb);

const names = async (ctx: Ctx, filter: KeysPageFilter = {}) =>
  (await listKeysPage(ctx, filter)).keys.map(({ name }) => name);

describe("a few keys of every kind", () => {
  let ctx: Ctx;
  const ids: Record<string, string> = {};
  const make = async (name: string, limits: object = {}) => {
    ids[name] = (await createKey(ctx, { name, ...limits })).key.id;
  };
  const set = (name: string, change: string) =>
    pool().query(`UPDATE keys SET ${change} WHERE id = $1`, [ids[name]]);
  const spend = (name: string, change: string) =>
    pool().query(`UPDATE key_meters SET ${change} WHERE key_id = $1`, [ids[name]]);

  beforeAll(async () => {
    ctx = await makeCtx();
    await make("Alpha", { totalBudgetNano: 10n * USD });
    await make("beta", { period: "day", periodBudgetNano: USD });
    await make("gamma", { expiresAt: new Date(Date.now() + 3 * 86_400_000) });
    await make("delta");
    await make("Echo");
    await make("revoked at its limit", { totalBudgetNano: USD });
    await spend("Alpha", "total_spent_nano = 7000000000, total_reserved_nano = 1000000000");
    // Yesterday's period is over: what it spent is no longer near anything.
    await spend("beta", "period_spent_nano = 1000000000, period_start = now() - interval '2 days'");
    await spend("revoked at its limit", "total_spent_nano = 1000000000");
    await set("delta", "created_at = now() - interval '40 days'");
    await set("Echo", "last_used_at = now()");
    await pool().query("UPDATE key_secrets SET created_at = now() - interval '91 days' WHERE key_id = $1", [
      ids.Echo,
    ]);
    await pauseKey(ctx, { keyId: ids.beta ?? "" });
    await revokeKey(ctx, { keyId: ids["revoked at its limit"] ?? "" });
  });

  it("are found by what they need", async () => {
    expect(await names(ctx, { need: "limit" })).toEqual(["Alpha"]);
    expect(await names(ctx, { need: "expiring" })).toEqual(["gamma"]);
    expect(await names(ctx, { need: "old" })).toEqual(["Echo"]);
    expect(await names(ctx, { need: "unused" })).toEqual(["delta"]);
    expect(await names(ctx, { need: "unused", status: "paused" })).toEqual([]);
    expect(await names(ctx, { search: "ALPH" })).toEqual(["Alpha"]);
    const { matching, total } = await listKeysPage(ctx, { status: "paused" });
    expect([matching, total]).toEqual([1, 6]);
  });

  it("are old after as many days as the workspace says, or never", async () => {
    expect(await getKeyReminder(ctx)).toEqual({ days: 90 });
    for (const [days, found] of [
      [92, []],
      [0, []],
      [90, ["Echo"]],
    ] as const) {
      await setKeyReminder(ctx, { days });
      expect(await names(ctx, { need: "old" }), `${days} days`).toEqual(found);
    }
  });

  it("are ordered", async () => {
    expect(await names(ctx, { sort: "name" })).toEqual([
      "Alpha",
      "beta",
      "delta",
      "Echo",
      "gamma",
      "revoked at its limit",
    ]);
    expect((await names(ctx, { sort: "newest" })).at(-1)).toBe("delta");
    expect((await names(ctx, { sort: "used" }))[0]).toBe("Echo");
    expect((await names(ctx, { sort: "spent" })).slice(0, 2)).toEqual(["Alpha", "revoked at its limit"]);
    expect((await names(ctx, { sort: "limit" }))[0]).toBe("Alpha");
    expect((await names(ctx, { sort: "limit" })).at(-1)).toBe("revoked at its limit");
    expect((await names(ctx, { sort: "expires" }))[0]).toBe("gamma");
  });

  it("are paged through in every order, there and back, each once", async () => {
    for (const sort of KEY_ORDERS) {
      const all = await names(ctx, { sort });
      const there: string[] = [];
      let page = await listKeysPage(ctx, { sort, pageSize: 2 });
      expect([page.skipped, page.previous]).toEqual([0, null]);
      there.push(...page.keys.map(({ name }) => name));
      while (page.next) {
        page = await listKeysPage(ctx, { sort, pageSize: 2, place: page.next });
        expect(page.skipped, sort).toBe(there.length);
        there.push(...page.keys.map(({ name }) => name));
      }
      expect(there, sort).toEqual(all);
      page = await listKeysPage(ctx, { sort, pageSize: 2, place: page.previous ?? "" });
      expect([page.skipped, ...page.keys.map(({ name }) => name)], sort).toEqual([2, ...all.slice(2, 4)]);
      page = await listKeysPage(ctx, { sort, pageSize: 2, place: page.previous ?? "" });
      expect([page.skipped, page.previous, ...page.keys.map(({ name }) => name)], sort).toEqual([
        0,
        null,
        ...all.slice(0, 2),
      ]);
    }
  });

  it("show the first page where a place makes no sense, and nothing to strangers", async () => {
    const { next } = await listKeysPage(ctx, { sort: "name", pageSize: 2 });
    for (const [place, sort] of [
      ["garbage", "name"],
      [next ?? "", "spent"],
      [next ?? "", "newest"],
    ] as const) {
      expect((await listKeysPage(ctx, { place, sort, pageSize: 2 })).skipped, sort).toBe(0);
    }
    expect(await names(await makeCtx(), { place: next ?? "", sort: "name" })).toEqual([]);
  });

  it("leave management keys out", async () => {
    await set("delta", "kind = 'management'");
    expect(await names(ctx, { search: "delta" })).toEqual([]);
    expect((await listKeysPage(ctx)).total).toBe(5);
  });
});

describe("ten thousand keys", () => {
  it("are paged through to the last in little time", async () => {
    const own = await makeCtx();
    await pool().query(
      `WITH made AS (
         INSERT INTO keys (id, workspace_id, name, created_at, updated_at, total_budget_nano)
         SELECT 'key_' || lpad(n::text, 22, '0'), $1, 'key ' || n, now() - n * interval '1 minute', now(), 1000
           FROM generate_series(1, 10000) n RETURNING id),
       secrets AS (
         INSERT INTO key_secrets (id, key_id, digest, pepper_version, prefix, last_four)
         SELECT 'sec_' || id, id, sha256(id::bytea), 1, 'sk-tg-', 'abcd' FROM made)
       INSERT INTO key_meters (key_id, total_spent_nano) SELECT id, right(id, 4)::int FROM made`,
      [own.workspaceId],
    );
    let page = await listKeysPage(own, { pageSize: 200 });
    const seen = new Set(page.keys.map(({ id }) => id));
    while (page.next) {
      page = await listKeysPage(own, { pageSize: 200, place: page.next });
      for (const { id } of page.keys) seen.add(id);
    }
    expect([seen.size, page.skipped, page.matching]).toEqual([10_000, 9_800, 10_000]);
    for (const sort of KEY_ORDERS) {
      const startedMs = performance.now();
      await listKeysPage(own, { sort, need: "limit", search: "key 9" });
      expect(performance.now() - startedMs, sort).toBeLessThan(3_000);
    }
  });
});

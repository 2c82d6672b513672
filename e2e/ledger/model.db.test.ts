import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { scale } from "@/e2e/harness/scale";
import { fixedCall, grant, makeWorld, usageOf, type World, wallet } from "@/e2e/ledger/world";
import { closeDb, db, pool } from "@/lib/db";
import { newId } from "@/lib/ids";
import { checkLedger } from "@/lib/ledger/check-ledger";
import { clawBack } from "@/lib/ledger/claw-back";
import { expireLots } from "@/lib/ledger/expire-lots";
import { extend } from "@/lib/ledger/extend";
import { closeHotPool } from "@/lib/ledger/hot-pool";
import { reapHolds } from "@/lib/ledger/reap-holds";
import { reserve } from "@/lib/ledger/reserve";
import { settle } from "@/lib/ledger/settle";

/** The ledger in forty lines: what Postgres is held against after every step. */
interface ModelLot {
  id: number;
  promotional: boolean;
  amount: bigint;
  left: bigint;
  clawed: bigint;
  expired: boolean;
  purchaseId: string;
}

interface Model {
  lots: ModelLot[];
  holds: Map<string, { amount: bigint; instanceId: string; checkpoint: bigint | null; closed: boolean }>;
  debt: bigint;
}

const balanceOf = (m: Model) => m.lots.reduce((sum, lot) => sum + lot.left, 0n);
const reservedOf = (m: Model) =>
  [...m.holds.values()].reduce((sum, hold) => sum + (hold.closed ? 0n : hold.amount), 0n);
const least = (...values: bigint[]) => values.sort((a, b) => Number(a - b))[0] ?? 0n;

/** Expired lots first among equals: their expiry is the earliest there is. */
function burn(m: Model, amount: bigint) {
  const order = [...m.lots].sort(
    (a, b) =>
      Number(b.promotional) - Number(a.promotional) || Number(b.expired) - Number(a.expired) || a.id - b.id,
  );
  let rest = amount;
  for (const lot of order) {
    const take = least(lot.left, rest);
    lot.left -= take;
    rest -= take;
  }
  expect(rest).toBe(0n);
}

/** More is available: a debt is paid first, then what is left of expired lots expires. */
function afterRelease(m: Model) {
  const pay = least(m.debt, balanceOf(m) - reservedOf(m));
  if (pay > 0n) {
    burn(m, pay);
    m.debt -= pay;
  }
  for (const lot of m.lots.filter((one) => one.expired)) {
    lot.left -= least(lot.left, balanceOf(m) - reservedOf(m));
  }
}

function close(m: Model, holdId: string, cost: bigint) {
  const hold = m.holds.get(holdId);
  if (!hold || hold.closed) return;
  const charge = least(cost, hold.amount + balanceOf(m) - reservedOf(m));
  hold.closed = true;
  burn(m, charge);
  afterRelease(m);
}

type Step =
  | { kind: "grant"; amount: bigint; promotional: boolean }
  | { kind: "reserve"; amount: bigint; instance: number }
  | { kind: "extend"; pick: number; amount: bigint }
  | { kind: "settle"; pick: number; percent: number; repeat: boolean }
  | { kind: "expire"; pick: number }
  | { kind: "refund"; pick: number; percent: number; repeat: boolean }
  | { kind: "checkpoint"; pick: number; percent: number }
  | { kind: "reap"; instance: number };

const amount = fc.bigInt({ min: 1n, max: 5_000n });
const pick = fc.nat({ max: 50 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("grant" as const), amount, promotional: fc.boolean() }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant("reserve" as const), amount, instance: fc.nat({ max: 2 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("extend" as const), pick, amount }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("settle" as const),
      pick,
      percent: fc.nat({ max: 150 }),
      repeat: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("expire" as const), pick }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("refund" as const),
      pick,
      percent: fc.nat({ max: 100 }),
      repeat: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("checkpoint" as const), pick, percent: fc.nat({ max: 100 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("reap" as const), instance: fc.nat({ max: 2 }) }) },
);

async function newInstances(): Promise<string[]> {
  const ids = [newId("gw"), newId("gw"), newId("gw")];
  for (const id of ids)
    await pool().query("INSERT INTO gateway_instances (id, pid, host) VALUES ($1, 1, 'test')", [id]);
  return ids;
}

async function apply(world: World, instances: string[], m: Model, next: Step): Promise<void> {
  const open = [...m.holds.entries()].filter(([, hold]) => !hold.closed);
  const chosen = "pick" in next && open.length > 0 ? open[next.pick % open.length] : undefined;
  const lot = "pick" in next && m.lots.length > 0 ? m.lots[next.pick % m.lots.length] : undefined;
  switch (next.kind) {
    case "grant": {
      const purchaseId = newId("pur");
      const key = `stripe:${purchaseId}`;
      await grant(world, next.amount, { promotional: next.promotional, purchaseId, key });
      const again = await grant(world, next.amount, { promotional: next.promotional, purchaseId, key });
      expect(again.granted).toBe(false);
      const { amount: left, promotional } = next;
      m.lots.push({
        id: m.lots.length,
        promotional,
        amount: left,
        left,
        clawed: 0n,
        expired: false,
        purchaseId,
      });
      afterRelease(m);
      return;
    }
    case "reserve": {
      const instanceId = instances[next.instance] ?? "";
      const call = { ...fixedCall(world, next.amount), instanceId };
      const result = await reserve(call);
      const fits = m.debt === 0n && next.amount <= balanceOf(m) - reservedOf(m);
      expect(result.admitted).toBe(fits);
      if (fits) {
        m.holds.set(call.holdId, { amount: next.amount, instanceId, checkpoint: null, closed: false });
        expect(await reserve(call)).toMatchObject({ admitted: true, amountNano: next.amount });
      } else if (!result.admitted) {
        expect(result.reason).toBe(
          m.debt > 0n ? "debt" : next.amount <= balanceOf(m) ? "in_flight" : "no_credit",
        );
      }
      return;
    }
    case "extend": {
      if (!chosen) return;
      const available = m.debt > 0n ? 0n : balanceOf(m) - reservedOf(m);
      const { addedTokens, amountNano } = await extend({
        holdId: chosen[0],
        workspaceId: world.workspaceId,
        outputPico: 1000n,
        addTokens: Number(next.amount),
        minTokens: 1,
      });
      expect(BigInt(addedTokens)).toBe(least(next.amount, available));
      chosen[1].amount += amountNano;
      return;
    }
    case "settle": {
      if (!chosen) return;
      const costNano = (chosen[1].amount * BigInt(next.percent)) / 100n;
      const request = { holdId: chosen[0], workspaceId: world.workspaceId, costNano, usage: usageOf(world) };
      const first = await settle(request);
      if (next.repeat) {
        expect(await settle(request)).toEqual({
          chargedNano: first.chargedNano,
          lossNano: first.lossNano,
          replayed: true,
        });
      }
      close(m, chosen[0], costNano);
      return;
    }
    case "expire": {
      if (!lot) return;
      await pool().query("UPDATE lots SET expires_at = '2020-01-01T00:00:00Z' WHERE purchase_id = $1", [
        lot.purchaseId,
      ]);
      await pool().query(
        "UPDATE wallets SET next_expiry_at = (SELECT min(expires_at) FROM lots WHERE workspace_id = $1 AND exhausted_at IS NULL) WHERE workspace_id = $1",
        [world.workspaceId],
      );
      await expireLots();
      lot.expired = true;
      afterRelease(m);
      return;
    }
    case "refund": {
      if (!lot) return;
      const refundedMinor = BigInt(next.percent);
      const target = (lot.amount * refundedMinor + 99n) / 100n;
      if (target <= lot.clawed) return;
      const input = {
        workspaceId: world.workspaceId,
        purchaseId: lot.purchaseId,
        kind: "refund" as const,
        refundedMinor,
        paidMinor: 100n,
        key: `refund:${newId("led")}`,
        actor: "cli",
        reason: "test",
      };
      await clawBack(db(), input);
      if (next.repeat)
        expect(await clawBack(db(), input)).toEqual({ takenNano: 0n, debtNano: 0n, restoredNano: 0n });
      const change = target - lot.clawed;
      const take = least(change, lot.left, balanceOf(m) - reservedOf(m));
      lot.left -= take;
      lot.clawed = target;
      m.debt += change - take;
      afterRelease(m);
      return;
    }
    case "checkpoint": {
      if (!chosen) return;
      const { checkpoint } = await import("@/lib/ledger/checkpoint");
      const costNano = (chosen[1].amount * BigInt(next.percent)) / 100n;
      await checkpoint({
        holdId: chosen[0],
        workspaceId: world.workspaceId,
        costNano,
        usage: usageOf(world),
      });
      chosen[1].checkpoint = costNano;
      return;
    }
    case "reap": {
      const dead = instances[next.instance] ?? "";
      await pool().query("UPDATE gateway_instances SET stopped_at = now() WHERE id = $1", [dead]);
      await pool().query("UPDATE holds SET created_at = now() - interval '1 hour' WHERE instance_id = $1", [
        dead,
      ]);
      await reapHolds();
      for (const [id, hold] of [...m.holds.entries()].sort(([a], [b]) => (a < b ? -1 : 1))) {
        if (hold.instanceId === dead && !hold.closed) closeReaped(m, id, hold.checkpoint ?? 0n);
      }
      afterRelease(m);
      await pool().query("UPDATE gateway_instances SET stopped_at = NULL WHERE id = $1", [dead]);
    }
  }
}

/** A reaped batch is written back as one: what follows from the releases happens once, at its end. */
function closeReaped(m: Model, holdId: string, cost: bigint) {
  const hold = m.holds.get(holdId);
  if (!hold) return;
  const charge = least(cost, hold.amount + balanceOf(m) - reservedOf(m));
  hold.closed = true;
  burn(m, charge);
}

afterAll(async () => {
  await closeHotPool();
  await closeDb();
});

describe("the ledger against its model", () => {
  test("any sequence of grant, reserve, extend, settle, release, expire, refund and reap leaves what the model says, with no drift", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const world = await makeWorld();
        const instances = await newInstances();
        const m: Model = { lots: [], holds: new Map(), debt: 0n };
        for (const next of steps) {
          await apply(world, instances, m, next);
          expect(await wallet(world)).toEqual({
            balance: balanceOf(m),
            reserved: reservedOf(m),
            debt: m.debt,
          });
        }
        expect(await checkLedger()).toEqual([]);
      }),
      { numRuns: scale(40, 1000) },
    );
  });

  test("the same steps at random, all at once, never drift and never go below zero", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
        const world = await makeWorld();
        const calls: string[] = [];
        const purchases: string[] = [];
        await grant(world, 20_000n);
        await Promise.all(steps.map((next) => fire(world, next, calls, purchases)));
        expect(await checkLedger()).toEqual([]);
      }),
      { numRuns: scale(15, 300) },
    );
  });
});

/** Runs a step without knowing what else runs; only the invariants judge it. */
async function fire(world: World, next: Step, calls: string[], purchases: string[]): Promise<void> {
  const at = <T>(list: T[], index: number) => (list.length > 0 ? list[index % list.length] : undefined);
  switch (next.kind) {
    case "grant": {
      const purchaseId = newId("pur");
      await grant(world, next.amount, { promotional: next.promotional, purchaseId });
      purchases.push(purchaseId);
      return;
    }
    case "reserve": {
      const call = fixedCall(world, next.amount);
      if ((await reserve(call)).admitted) calls.push(call.holdId);
      return;
    }
    case "extend": {
      const holdId = at(calls, next.pick);
      if (!holdId) return;
      const { workspaceId } = world;
      await extend({ holdId, workspaceId, outputPico: 1000n, addTokens: Number(next.amount), minTokens: 1 });
      return;
    }
    case "settle": {
      const call = fixedCall(world, 500n);
      if (!(await reserve(call)).admitted) return;
      const { holdId, workspaceId } = call;
      const costNano = BigInt(next.percent) * 5n;
      await Promise.all([
        settle({ holdId, workspaceId, costNano, usage: usageOf(world) }),
        settle({ holdId, workspaceId, costNano, usage: usageOf(world) }),
      ]);
      return;
    }
    case "refund": {
      const purchaseId = at(purchases, next.pick);
      if (!purchaseId) return;
      await clawBack(db(), {
        workspaceId: world.workspaceId,
        purchaseId,
        kind: "refund",
        refundedMinor: BigInt(next.percent),
        paidMinor: 100n,
        key: `refund:${newId("led")}`,
        actor: "cli",
        reason: "test",
      });
      return;
    }
    case "expire":
      await expireLots();
      return;
    case "checkpoint":
    case "reap":
      await reapHolds();
  }
}

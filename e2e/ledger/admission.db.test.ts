import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { afterAll, describe, expect, test } from "vitest";
import { fixedCall, grant, makeWorld, usageOf, type World, wallet } from "@/e2e/ledger/world";
import { closeDb, db } from "@/lib/db";
import { newId } from "@/lib/ids";
import { checkLedger } from "@/lib/ledger/check-ledger";
import { clawBack } from "@/lib/ledger/claw-back";
import { closeHotPool } from "@/lib/ledger/hot-pool";
import { reserve } from "@/lib/ledger/reserve";
import { settle } from "@/lib/ledger/settle";

const CALLERS = 256;
const ROUNDS = 20;
const PROCESSES = 4;

afterAll(async () => {
  await closeHotPool();
  await closeDb();
});

/** Bundles the child once, inside the repository so that it finds its packages. */
async function bundleChild(): Promise<string> {
  const folder = mkdtempSync(path.join(process.cwd(), ".build-child-"));
  const outfile = path.join(folder, "child.mjs");
  await build({
    entryPoints: [path.resolve("e2e/ledger/admission-child.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    alias: { "@": process.cwd() },
    logLevel: "error",
  });
  return outfile;
}

function runChild(file: string, world: World, amounts: bigint[]): Promise<bigint[]> {
  return new Promise((resolve, reject) => {
    const args = [file, world.workspaceId, world.keyId, world.instanceId, amounts.join(",")];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.on("error", reject);
    child.on("exit", (code) => {
      if (code !== 0) reject(new Error(`child ended with ${code}`));
      else resolve((JSON.parse(output) as string[]).map(BigInt));
    });
  });
}

/** Different amounts, the same in every run. */
const unequal = (n: number) => Array.from({ length: n }, (_, i) => BigInt(((i * 7919) % 97) + 3));

describe("admission on one wallet", () => {
  test(`${CALLERS} callers on a wallet that affords exactly K: exactly K admitted, ${ROUNDS} rounds`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const world = await makeWorld();
      const affords = 1 + ((round * 37) % (CALLERS - 1));
      await grant(world, BigInt(affords) * 1000n);
      const calls = Array.from({ length: CALLERS }, () => fixedCall(world, 1000n));
      const results = await Promise.all(calls.map((call) => reserve(call)));
      expect(results.filter((r) => r.admitted)).toHaveLength(affords);
      for (const result of results) if (!result.admitted) expect(result.reason).toBe("in_flight");
      expect(await wallet(world)).toMatchObject({
        balance: BigInt(affords) * 1000n,
        reserved: BigInt(affords) * 1000n,
      });
    }
    expect(await checkLedger()).toEqual([]);
  });

  test("unequal amounts: what is admitted fits, and nothing that would still fit was refused at the end", async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const world = await makeWorld();
      const credit = 500n + BigInt(round) * 111n;
      await grant(world, credit);
      const amounts = unequal(CALLERS);
      const results = await Promise.all(amounts.map((amount) => reserve(fixedCall(world, amount))));
      const admitted = amounts.filter((_, i) => results[i]?.admitted).reduce((a, b) => a + b, 0n);
      expect(admitted).toBeLessThanOrEqual(credit);
      const smallestRefused =
        amounts.filter((_, i) => !results[i]?.admitted).sort((a, b) => Number(a - b))[0] ?? 0n;
      expect(credit - admitted).toBeLessThan(smallestRefused);
    }
    expect(await checkLedger()).toEqual([]);
  });

  test(`${CALLERS} callers over ${PROCESSES} processes: exactly K admitted, and unequal amounts never exceed the wallet`, async () => {
    const file = await bundleChild();
    const { rm } = await import("node:fs/promises");
    try {
      const world = await makeWorld();
      await grant(world, 100n * 1000n);
      const share = Array.from({ length: CALLERS / PROCESSES }, () => 1000n);
      const equal = await Promise.all(Array.from({ length: PROCESSES }, () => runChild(file, world, share)));
      expect(equal.flat()).toHaveLength(100);

      const other = await makeWorld();
      await grant(other, 2_000n);
      const mixed = await Promise.all(
        Array.from({ length: PROCESSES }, (_, i) => runChild(file, other, unequal(CALLERS / PROCESSES + i))),
      );
      const total = mixed.flat().reduce((a, b) => a + b, 0n);
      expect(total).toBeLessThanOrEqual(2_000n);
      expect((await wallet(other)).reserved).toBe(total);
      expect(await checkLedger()).toEqual([]);
    } finally {
      await rm(path.dirname(file), { recursive: true });
    }
  });
});

describe("a large call beside small ones", () => {
  test("a refused large member takes nothing and does not take its batch with it", async () => {
    const world = await makeWorld();
    await grant(world, 1_000n);
    const results = await Promise.all(
      [5_000n, 10n, 10n, 10n].map((amount) => reserve(fixedCall(world, amount))),
    );
    expect(results.map((r) => r.admitted)).toEqual([false, true, true, true]);
    expect((await wallet(world)).reserved).toBe(30n);
  });

  test("a clamped call takes at most half of what is available, so that a second one still runs", async () => {
    const world = await makeWorld();
    await grant(world, 1_000_000n);
    const big = {
      ...fixedCall(world, 0n),
      outputPico: 1_000_000n,
      wantOutputTokens: 100_000,
      minOutputTokens: 16,
    };
    const first = await reserve(big);
    expect(first).toMatchObject({
      admitted: true,
      clampedBy: "account",
      outputTokens: 500,
      amountNano: 500_000n,
    });
    expect((await reserve(fixedCall(world, 100_000n))).admitted).toBe(true);
  });

  test("a call that would fit once others have settled is told so, one that never will is told that", async () => {
    const world = await makeWorld();
    await grant(world, 1_000n);
    const holder = fixedCall(world, 900n);
    await reserve(holder);
    expect(await reserve(fixedCall(world, 500n))).toMatchObject({
      admitted: false,
      reason: "in_flight",
      retryAfterMs: 1000,
    });
    expect(await reserve(fixedCall(world, 5_000n))).toMatchObject({
      admitted: false,
      reason: "no_credit",
      needed: 5_000n,
      left: 100n,
    });
    await settle({
      holdId: holder.holdId,
      workspaceId: world.workspaceId,
      costNano: 0n,
      usage: usageOf(world),
    });
    expect((await reserve(fixedCall(world, 500n))).admitted).toBe(true);
  });
});

describe("settling", () => {
  test("more used than held is charged up to the hold plus what is available, and only the rest is a loss", async () => {
    const world = await makeWorld();
    await grant(world, 1_000n);
    const call = fixedCall(world, 300n);
    await reserve(call);
    await reserve(fixedCall(world, 200n));
    const result = await settle({
      holdId: call.holdId,
      workspaceId: world.workspaceId,
      costNano: 2_000n,
      usage: usageOf(world),
    });
    expect(result).toEqual({ chargedNano: 800n, lossNano: 1_200n, replayed: false });
    expect(await wallet(world)).toMatchObject({ balance: 200n, reserved: 200n });
    expect(await checkLedger()).toEqual([]);
  });

  test("a settle that comes after the reaper charges the difference once, and leaves one usage row", async () => {
    const { pool } = await import("@/lib/db");
    const { checkpoint } = await import("@/lib/ledger/checkpoint");
    const { reapHolds } = await import("@/lib/ledger/reap-holds");
    const world = await makeWorld();
    await grant(world, 10_000n);
    const call = fixedCall(world, 1_000n);
    await reserve(call);
    const usage = usageOf(world);
    await checkpoint({ holdId: call.holdId, workspaceId: world.workspaceId, costNano: 250n, usage });
    await pool().query("UPDATE gateway_instances SET stopped_at = now() WHERE id = $1", [world.instanceId]);
    await pool().query("UPDATE holds SET created_at = now() - interval '20 s' WHERE id = $1", [call.holdId]);
    // Other tests' holds may have grown old meanwhile: a turn takes so many at most.
    while ((await reapHolds()) > 0);
    expect(await wallet(world)).toMatchObject({ balance: 9_750n, reserved: 0n });
    const late = {
      holdId: call.holdId,
      workspaceId: world.workspaceId,
      costNano: 700n,
      usage: { ...usage, outputTokens: 99 },
    };
    expect(await settle(late)).toEqual({ chargedNano: 700n, lossNano: 0n, replayed: false });
    expect(await settle(late)).toEqual({ chargedNano: 700n, lossNano: 0n, replayed: true });
    expect(await wallet(world)).toMatchObject({ balance: 9_300n, reserved: 0n });
    const { rows } = await pool().query(
      "SELECT cost_nano, output_tokens, outcome FROM usage.calls WHERE request_id = $1",
      [usage.requestId],
    );
    expect(rows).toEqual([{ cost_nano: 700n, output_tokens: 99n, outcome: "ok" }]);
    expect(await checkLedger()).toEqual([]);
  });
});

describe("a refund that fails later", () => {
  const refund = (world: World, purchaseId: string, refundedMinor: bigint) =>
    clawBack(db(), {
      workspaceId: world.workspaceId,
      purchaseId,
      kind: "refund",
      refundedMinor,
      paidMinor: 100n,
      key: `refund:${newId("led")}`,
      actor: "cli",
      reason: "test",
    });

  test("gives back what it took, as credit again", async () => {
    const world = await makeWorld();
    const purchaseId = newId("pur");
    await grant(world, 1_000n, { purchaseId });
    expect(await refund(world, purchaseId, 60n)).toEqual({ takenNano: 600n, debtNano: 0n, restoredNano: 0n });
    expect(await refund(world, purchaseId, 20n)).toEqual({ takenNano: 0n, debtNano: 0n, restoredNano: 400n });
    expect(await wallet(world)).toEqual({ balance: 800n, reserved: 0n, debt: 0n });
    expect(await refund(world, purchaseId, 100n)).toMatchObject({ takenNano: 400n, debtNano: 400n });
    expect(await wallet(world)).toEqual({ balance: 0n, reserved: 0n, debt: 0n });
    expect(await checkLedger()).toEqual([]);
  });

  test("forgives the debt first where the money had been spent", async () => {
    const world = await makeWorld();
    const purchaseId = newId("pur");
    await grant(world, 1_000n, { purchaseId });
    const call = fixedCall(world, 900n);
    await reserve(call);
    await settle({
      holdId: call.holdId,
      workspaceId: world.workspaceId,
      costNano: 900n,
      usage: usageOf(world),
    });
    expect(await refund(world, purchaseId, 100n)).toMatchObject({ takenNano: 100n, debtNano: 900n });
    expect(await reserve(fixedCall(world, 1n))).toMatchObject({ admitted: false, reason: "debt" });
    await refund(world, purchaseId, 0n);
    expect(await wallet(world)).toEqual({ balance: 100n, reserved: 0n, debt: 0n });
    expect(await checkLedger()).toEqual([]);
  });
});

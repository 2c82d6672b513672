import { afterAll, expect, test } from "vitest";
import { fixedCall, grant, makeWorld, usageOf } from "@/e2e/ledger/world";
import { closeDb, pool } from "@/lib/db";
import { newId } from "@/lib/ids";
import { checkLedger } from "@/lib/ledger/check-ledger";
import { closeHotPool } from "@/lib/ledger/hot-pool";
import { reserve } from "@/lib/ledger/reserve";
import { rowsText } from "@/lib/ledger/row-text";
import { settle } from "@/lib/ledger/settle";
import { settleMemberFields } from "@/lib/ledger/settle-member";

afterAll(async () => {
  await closeHotPool();
  await closeDb();
});

const HOSTILE = [
  "",
  " ",
  "NULL",
  "(a,b)",
  '{"x"}',
  "\\",
  '\\"',
  "a\tb\nc",
  "'; DROP TABLE x; --",
  "ü😀",
  "\ud800",
  "a\0b",
];

test("every field of a call arrives as it was, whatever it holds", async () => {
  const world = await makeWorld();
  for (const text of HOSTILE) {
    const usage = usageOf(world, {
      modelId: text,
      connectionId: text,
      routeId: text,
      priceId: text,
      client: text,
      errorCode: text,
      finishReason: text,
      askedModel: text,
      clientTitle: text,
      attempts: [{ route: "rou_1", connection: "con 1", kind: "timeout", status: null, ms: 3 }],
      streamed: true,
      measured: true,
      httpStatus: 201,
      inputTokens: 1,
      cachedTokens: 2,
      cacheWrite5mTokens: 3,
      cacheWrite1hTokens: 4,
      outputTokens: 5,
      reasoningTokens: 6,
      audioInputTokens: 7,
      audioOutputTokens: 8,
      imageTokens: 9,
      clampedTokens: 10,
      upstreamCostNano: "11",
      queuedMs: 12,
      firstByteMs: 13,
      totalMs: 14,
      requestBytes: 15,
      fallbacks: 16,
    });
    const { workspaceId, keyId } = world;
    const member = { hold: null, costNano: 0n, forgivenNano: 0n, row: true, workspaceId, keyId, usage };
    const { rows } = await pool().query<{ got: Record<string, unknown> }>(
      "SELECT to_jsonb(m) AS got FROM unnest($1::ledger.settle_member[]) m",
      [rowsText([settleMemberFields(member, 7)])],
    );
    // Text that Postgres cannot hold is replaced or left out.
    const kept = text.replaceAll("\0", "").replace("\ud800", "\ufffd");
    const said = JSON.parse(JSON.stringify(usage), (_, value) => (value === text ? kept : value));
    expect(rows[0]?.got).toEqual({
      ...said,
      upstreamCostNano: 11,
      startedAt: expect.stringContaining(usage.startedAt.slice(0, 19)),
      seq: 7,
      hold: null,
      cost: 0,
      forgiven: 0,
      reap: false,
      row: true,
    });
  }
});

test("in one batch: plain members, a late one, an overdrawn one, one settled twice and one that never held", async () => {
  const world = await makeWorld();
  await grant(world, 10_000n);
  const calls = Array.from({ length: 4 }, () => fixedCall(world, 1_000n));
  const reserved = await Promise.all([...calls, calls[0] ?? fixedCall(world, 1n)].map(reserve));
  expect(reserved.map((one) => one.admitted && one.amountNano)).toEqual([
    1_000n,
    1_000n,
    1_000n,
    1_000n,
    1_000n,
  ]);
  const end = (at: number, costNano: bigint) =>
    settle({
      holdId: calls[at]?.holdId ?? "",
      workspaceId: world.workspaceId,
      costNano,
      usage: usageOf(world),
    });
  const [plain, more, twice, again, none] = await Promise.all([
    end(0, 400n),
    end(1, 50_000n),
    end(2, 300n),
    end(2, 300n),
    end(3, 0n),
  ]);
  expect(plain).toEqual({ chargedNano: 400n, lossNano: 0n, replayed: false });
  // Its own hold, and whatever else the wallet had.
  expect(more).toEqual({ chargedNano: 9_300n, lossNano: 40_700n, replayed: false });
  expect([twice, again].sort((a, b) => Number(a?.replayed) - Number(b?.replayed))).toEqual([
    { chargedNano: 300n, lossNano: 0n, replayed: false },
    { chargedNano: 300n, lossNano: 0n, replayed: true },
  ]);
  expect(none).toEqual({ chargedNano: 0n, lossNano: 0n, replayed: false });
  expect(await checkLedger()).toEqual([]);
});

test("a member whose hold does not exist fails alone", async () => {
  const world = await makeWorld();
  await grant(world, 10_000n);
  const call = fixedCall(world, 1_000n);
  await reserve(call);
  const { workspaceId } = world;
  const results = await Promise.allSettled([
    settle({ holdId: call.holdId, workspaceId, costNano: 10n, usage: usageOf(world) }),
    settle({ holdId: newId("hold"), workspaceId, costNano: 10n, usage: usageOf(world) }),
  ]);
  expect(results.map((one) => one.status)).toEqual(["fulfilled", "rejected"]);
  expect(await checkLedger()).toEqual([]);
});

test("among keys with and without limits each is told its own", async () => {
  const free = await makeWorld();
  const limited = await makeWorld();
  await grant(free, 10_000n);
  await grant(limited, 10_000n);
  await pool().query("UPDATE keys SET requests_per_minute = 2 WHERE id = $1", [limited.keyId]);
  const results = await Promise.all(
    [free, limited, free, limited, limited].map((world) => reserve(fixedCall(world, 100n))),
  );
  expect(results.map((one) => [one.admitted, one.rate.requestsRemaining])).toEqual([
    [true, null],
    [true, 1],
    [true, null],
    [true, 0],
    [false, 0],
  ]);
  expect(await checkLedger()).toEqual([]);
});

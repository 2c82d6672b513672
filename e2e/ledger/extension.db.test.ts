import { afterAll, expect, test } from "vitest";
import { fixedCall, grant, makeWorld } from "@/e2e/ledger/world";
import { closeDb, pool } from "@/lib/db";
import { checkLedger } from "@/lib/ledger/check-ledger";
import { extend } from "@/lib/ledger/extend";
import { closeHotPool } from "@/lib/ledger/hot-pool";
import { reserve } from "@/lib/ledger/reserve";

afterAll(async () => {
  await closeHotPool();
  await closeDb();
});

const PRICE_PICO = 2_000_000n;

/** A stream of 10 input and 40 output tokens whose key may use 100 tokens a minute. */
async function limitedStream() {
  const world = await makeWorld();
  await grant(world, 1_000_000_000_000n);
  await pool().query("UPDATE keys SET tokens_per_minute = 100 WHERE id = $1", [world.keyId]);
  const request = { ...fixedCall(world, 10n), wantOutputTokens: 40, minOutputTokens: 1 };
  expect(await reserve(request)).toMatchObject({ admitted: true, outputTokens: 40 });
  const more = (addTokens: number, minTokens = 1) =>
    extend({
      holdId: request.holdId,
      workspaceId: world.workspaceId,
      outputPico: PRICE_PICO,
      addTokens,
      minTokens,
    });
  const windowTokens = async () => {
    const { rows } = await pool().query("SELECT window_tokens FROM key_meters WHERE key_id = $1", [
      world.keyId,
    ]);
    return Number(rows[0].window_tokens);
  };
  return { world, more, windowTokens };
}

test("a stream takes no more than its key's minute has left, to the token", async () => {
  const { more, windowTokens } = await limitedStream();
  expect((await more(30)).addedTokens).toBe(30);
  expect((await more(8_192, 256)).addedTokens).toBe(0);
  expect((await more(8_192)).addedTokens).toBe(20);
  expect(await windowTokens()).toBe(100);
  expect((await more(1)).addedTokens).toBe(0);
  expect(await checkLedger()).toEqual([]);
});

test("many extensions at once share what is left", async () => {
  const { more, windowTokens } = await limitedStream();
  const added = await Promise.all(Array.from({ length: 20 }, () => more(7)));
  expect(added.reduce((sum, { addedTokens }) => sum + addedTokens, 0)).toBe(50);
  expect(await windowTokens()).toBe(100);
});

test("a stream that outlives its minute goes on: its tokens counted in the minute of its reserve", async () => {
  const { world, more } = await limitedStream();
  await pool().query(
    `UPDATE key_meters SET window_start = window_start - interval '61 seconds' WHERE key_id = $1`,
    [world.keyId],
  );
  await pool().query(
    `UPDATE holds SET window_start = window_start - interval '61 seconds' WHERE key_id = $1`,
    [world.keyId],
  );
  expect((await more(8_192)).addedTokens).toBe(8_192);
});

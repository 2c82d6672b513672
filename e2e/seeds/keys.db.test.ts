import { afterAll, beforeAll, expect, it } from "vitest";
import { callRows, until } from "@/e2e/gateway/world";
import { covers } from "@/e2e/seeds/coverage";
import { type Desk, openDesk } from "@/e2e/seeds/desk";
import { placesOf } from "@/e2e/seeds/places-of";
import { pool } from "@/lib/db";
import { listKeys } from "@/lib/keys/list-keys";
import { remindOfKeys } from "@/lib/keys/remind-of-keys";
import { revokeKey } from "@/lib/keys/revoke-key";
import { rotateKey } from "@/lib/keys/rotate-key";
import { setKeyReminder } from "@/lib/keys/set-key-reminder";
import { makeKey } from "@/lib/keys/token";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.stop());

const models = async (secret: string) => (await desk.send("/v1/models", { secret })).status;

it(covers("key.label"), async () => {
  const one = await desk.person();
  await one.key({}, "LobeChat at home");
  const { keys } = await listKeys(one.ctx, { search: "LobeChat" });
  expect(keys.map(({ name }) => name)).toEqual(["LobeChat at home"]);
});

it(covers("key.once"), async () => {
  const one = await desk.person();
  const made = await one.key({}, "seen once");
  expect((await desk.chat(made.secret)).status).toBe(200);
  const listed = await listKeys(one.ctx);
  expect(
    JSON.stringify(listed, (_name, value) => (typeof value === "bigint" ? String(value) : value)),
  ).not.toContain(made.secret);
  // The search can find what is there: the name.
  expect(await placesOf("seen once")).not.toEqual([]);
  expect(await placesOf(made.secret)).toEqual([]);
  expect(await placesOf(made.secret.slice(12, 48))).toEqual([]);
});

it(covers("key.budget"), async () => {
  const one = await desk.person();
  const limited = await one.key({ totalBudgetNano: 1_000n });
  const refused = await desk.chat(limited.secret);
  expect([refused.status, refused.body.error.limit_source]).toEqual([403, "key"]);
  expect((await desk.chat(one.secret)).status).toBe(200);
});

it(covers("key.expiry"), async () => {
  const one = await desk.person();
  const short = await one.key({ expiresAt: new Date(Date.now() + 3_000) });
  expect(await models(short.secret)).toBe(200);
  await until(async () => (await models(short.secret)) === 401, 10_000);
  expect((await desk.chat(short.secret)).body.error.code).toBe("api_key_expired");
});

it(covers("key.valid"), async () => {
  const { secret } = await desk.person();
  const { status, body } = await desk.send("/v1/models", { secret });
  expect([status, body.object]).toEqual([200, "list"]);
  expect(body.data.length).toBeGreaterThan(0);
});

it(covers("key.wrong"), async () => {
  const { secret } = await desk.person();
  for (const wrong of [makeKey("inference"), secret.slice(0, -3), `${secret}x`, undefined]) {
    const { status, body } = await desk.send("/v1/models", wrong === undefined ? {} : { secret: wrong });
    expect([status, body.error.code], wrong).toEqual([401, "invalid_api_key"]);
  }
});

it(covers("key.revoked"), async () => {
  const one = await desk.person();
  expect(await models(one.secret)).toBe(200);
  await revokeKey(one.ctx, { keyId: one.keyId });
  await until(async () => (await models(one.secret)) === 401, 1_000);
});

it(covers("key.rotate-now"), async () => {
  const one = await desk.person();
  expect(await models(one.secret)).toBe(200);
  const { secret } = await rotateKey(one.ctx, { keyId: one.keyId, leaked: true });
  await until(async () => (await models(one.secret)) === 401, 1_000);
  expect((await desk.chat(secret)).status).toBe(200);
});

it(covers("key.rotate-later"), async () => {
  const one = await desk.person();
  const { secret } = await rotateKey(one.ctx, { keyId: one.keyId, overlapSeconds: 3_600 });
  expect((await desk.chat(secret)).status).toBe(200);
  expect((await desk.chat(one.secret)).status).toBe(200);
});

it(covers("key.account"), async () => {
  const [one, other] = [await desk.person(3), await desk.person(7)];
  const balance = async (secret: string) => (await desk.send("/v1/credits", { secret })).body.balance_usd;
  expect([await balance(one.secret), await balance(other.secret)]).toEqual(["3", "7"]);
});

it(covers("key.person"), async () => {
  const team = await desk.person();
  const [ada, bob] = [await team.key({}, "Ada"), await team.key({}, "Bob")];
  for (const { secret } of [ada, bob, bob]) await desk.chat(secret);
  await until(async () => (await callRows(team.workspaceId)).length === 3);
  const { rows } = await pool().query<{ key_id: string; calls: bigint }>(
    "SELECT key_id, count(*) AS calls FROM usage.calls WHERE workspace_id = $1 GROUP BY key_id",
    [team.workspaceId],
  );
  expect(new Map(rows.map(({ key_id, calls }) => [key_id, Number(calls)]))).toEqual(
    new Map([
      [ada.id, 1],
      [bob.id, 2],
    ]),
  );
});

it(covers("key.prefix"), async () => {
  const one = await desk.person();
  const { keys } = await listKeys(one.ctx, { search: one.secret.slice(-4) });
  expect(keys.map(({ id }) => id)).toEqual([one.keyId]);
  const shown = JSON.stringify(keys, (_name, value) => (typeof value === "bigint" ? String(value) : value));
  expect(shown).toContain(one.secret.slice(-4));
  expect(shown).not.toContain(one.secret.slice(12, 48));
});

it(covers("key.header"), async () => {
  const { secret } = await desk.person();
  for (const headers of [
    { authorization: `Bearer ${secret}` },
    { "x-api-key": secret },
    { "api-key": secret },
  ] as Record<string, string>[]) {
    expect((await desk.send("/v1/models", { headers })).status).toBe(200);
  }
});

it(covers("key.remind"), async () => {
  const one = await desk.person();
  await setKeyReminder(one.ctx, { days: 90 });
  await pool().query("UPDATE key_secrets SET created_at = now() - interval '91 days' WHERE key_id = $1", [
    one.keyId,
  ]);
  await remindOfKeys();
  const { rows } = await pool().query('SELECT 1 FROM mails WHERE "to" = $1', [one.ctx.actor.email]);
  expect(rows.length).toBe(1);
});

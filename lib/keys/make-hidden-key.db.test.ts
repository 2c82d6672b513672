import { afterAll, expect, it } from "vitest";
import { endSession } from "@/lib/accounts/end-session";
import type { Ctx, UserActor } from "@/lib/actor";
import { endSessions } from "@/lib/auth/end-sessions";
import { closeDb, db, pool } from "@/lib/db";
import { env } from "@/lib/env";
import { createKey } from "@/lib/keys/create-key";
import { getKey } from "@/lib/keys/get-key";
import { readKeyRecord } from "@/lib/keys/key-record";
import { listKeys } from "@/lib/keys/list-keys";
import { listKeysPage } from "@/lib/keys/list-keys-page";
import { makeHiddenKey } from "@/lib/keys/make-hidden-key";
import { revokeKey } from "@/lib/keys/revoke-key";
import { rotateAllKeys } from "@/lib/keys/rotate-all-keys";
import { makeCtx, refusal } from "@/lib/keys/test-workspace";
import { candidateDigests, parsePeppers } from "@/lib/keys/token";
import { judgeKey } from "@/lib/keys/verify-key";

afterAll(closeDb);

async function withSession(verified = true): Promise<Ctx<UserActor>> {
  const ctx = (await makeCtx(verified)) as Ctx<UserActor>;
  const { sessionId, userId } = ctx.actor;
  await db().session.create({
    data: { id: sessionId, userId, expiresAt: new Date(Date.now() + 3_600_000) },
  });
  return ctx;
}

async function verdict(secret: string, atMs = Date.now()) {
  const digests = candidateDigests(secret, parsePeppers(env().TOLLGATE_KEY_PEPPER));
  return judgeKey(await readKeyRecord(pool(), digests), atMs);
}

it("works for 15 minutes, is one key for all tabs, and is in no list", async () => {
  const ctx = await withSession();
  const { key: own } = await createKey(ctx, { name: "own" });
  const first = await makeHiddenKey(ctx);
  const second = await makeHiddenKey(ctx);
  expect(second.secret).not.toBe(first.secret);
  const seen = await Promise.all([verdict(first.secret), verdict(second.secret)]);
  const ids = seen.map((one) => (one.ok ? one.key.keyId : one.refusal));
  expect(new Set(ids).size).toBe(1);
  const hiddenId = ids[0] ?? "";
  expect(await verdict(first.secret, first.endsAt.getTime() - 1_000)).toMatchObject({ ok: true });
  expect(await verdict(first.secret, first.endsAt.getTime())).toEqual({
    ok: false,
    refusal: "api_key_expired",
  });
  expect(first.endsAt.getTime() - Date.now()).toBeLessThanOrEqual(15 * 60_000);

  expect(await listKeys(ctx)).toMatchObject({ total: 1, matching: 1, keys: [{ id: own.id }] });
  expect(await listKeysPage(ctx)).toMatchObject({ total: 1, matching: 1, keys: [{ id: own.id }] });
  expect(await refusal(getKey(ctx, { keyId: hiddenId }))).toMatch(/^not_found/);
  expect(await refusal(revokeKey(ctx, { keyId: hiddenId }))).toMatch(/^not_found/);
  const rotated = await rotateAllKeys(ctx, { overlapSeconds: 0 });
  expect(rotated.map(({ key }) => key.id)).toEqual([own.id]);
  expect(await verdict(first.secret)).toMatchObject({ ok: true });
});

it("ends at sign-out, with its own session and with no other", async () => {
  const ctx = await withSession();
  const other = await db().session.create({
    data: {
      id: `ses_${"b".repeat(22)}`,
      userId: ctx.actor.userId,
      expiresAt: new Date(Date.now() + 3_600_000),
    },
  });
  const elsewhere: Ctx<UserActor> = { ...ctx, actor: { ...ctx.actor, sessionId: other.id } };
  const here = await makeHiddenKey(ctx);
  const there = await makeHiddenKey(elsewhere);
  await endSession(ctx, { sessionId: ctx.actor.sessionId });
  expect(await verdict(here.secret)).toEqual({ ok: false, refusal: "api_key_expired" });
  expect(await verdict(there.secret)).toMatchObject({ ok: true });
  expect(await refusal(makeHiddenKey(ctx))).toBe("not_signed_in sessionEnded");
  expect(await db().$transaction((tx) => endSessions(tx, ctx.actor.userId))).toBe(1);
  expect(await verdict(there.secret)).toEqual({ ok: false, refusal: "api_key_expired" });
});

it("is refused to someone whose address is not confirmed, and to a flood", async () => {
  expect(await refusal(makeHiddenKey(await withSession(false)))).toBe("not_verified notVerified");
  const ctx = await withSession();
  const made = await Promise.all(Array.from({ length: 4 }, () => makeHiddenKey(ctx)));
  expect(new Set(made.map(({ secret }) => secret)).size).toBe(4);
  await pool().query(
    "UPDATE throttles SET failures = 60, blocked_until = now() + interval '1 minute' WHERE subject = $1",
    [`playground:user:${ctx.actor.userId}`],
  );
  expect(await refusal(makeHiddenKey(ctx))).toMatch(/^too_many/);
});

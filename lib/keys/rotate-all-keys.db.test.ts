import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Ctx } from "@/lib/actor";
import { closeDb, db, pool } from "@/lib/db";
import { env } from "@/lib/env";
import { newId } from "@/lib/ids";
import { createKey } from "@/lib/keys/create-key";
import { createManagementKey } from "@/lib/keys/create-management-key";
import { MAX_KEYS } from "@/lib/keys/key-input";
import { pauseKey } from "@/lib/keys/pause-key";
import { revokeKey } from "@/lib/keys/revoke-key";
import { rotateAllKeys } from "@/lib/keys/rotate-all-keys";
import { rotateKey } from "@/lib/keys/rotate-key";
import { makeCtx, refusal } from "@/lib/keys/test-workspace";
import { parsePeppers } from "@/lib/keys/token";
import { KeyVerifier } from "@/lib/keys/verify-key";

let ctx: Ctx;
beforeAll(async () => {
  ctx = await makeCtx();
});
afterAll(closeDb);

async function works(secret: string): Promise<boolean | string> {
  const verdict = await new KeyVerifier(pool(), parsePeppers(env().TOLLGATE_KEY_PEPPER)).verify(secret);
  return verdict.ok || verdict.refusal;
}

describe("rotating every key", () => {
  it("replaces each living secret once, leaves the dead and the managing alone, and writes a line for each", async () => {
    const plain = await createKey(ctx, { name: "plain" });
    const paused = await createKey(ctx, { name: "paused" });
    await pauseKey(ctx, { keyId: paused.key.id });
    const rotating = await createKey(ctx, { name: "rotating" });
    const newer = await rotateKey(ctx, { keyId: rotating.key.id, overlapSeconds: 3_600 });
    const revoked = await createKey(ctx, { name: "revoked" });
    await revokeKey(ctx, { keyId: revoked.key.id });
    const expired = await createKey(ctx, { name: "expired", expiresAt: new Date(Date.now() + 60_000) });
    await db().key.update({ where: { id: expired.key.id }, data: { expiresAt: new Date(Date.now() - 1) } });
    await createManagementKey(ctx, { name: "manages" });
    const stranger = await createKey(await makeCtx(), { name: "of another workspace" });

    const rotated = await rotateAllKeys(ctx, { overlapSeconds: 3_600 });
    expect(rotated.map(({ key }) => key.name)).toEqual(["plain", "paused", "rotating"]);
    const [first, , third] = rotated;
    expect(await works(plain.secret)).toBe(true);
    expect(await works(first?.secret ?? "")).toBe(true);
    expect(first?.oldEndsAt?.getTime()).toBeGreaterThan(Date.now() + 3_500_000);
    // At most two live: the one before last has ended.
    expect(await works(rotating.secret)).toBe("api_key_expired");
    expect(await works(newer.secret)).toBe(true);
    expect(await works(third?.secret ?? "")).toBe(true);
    expect(await works(stranger.secret)).toBe(true);
    const lines = await db().auditRow.count({
      where: { workspaceId: ctx.workspaceId, action: "key.rotate" },
    });
    expect(lines).toBe(1 + 3);
  });

  it("after a leak leaves no old secret working, in one go", async () => {
    const own = await makeCtx();
    const made = await Promise.all(["a", "b"].map((name) => createKey(own, { name })));
    const rotated = await rotateAllKeys(own, { leaked: true });
    for (const { secret } of made) expect(await works(secret)).toBe("api_key_expired");
    for (const { secret } of rotated) expect(await works(secret)).toBe(true);
    const row = await db().auditRow.findFirstOrThrow({
      where: { target: made[0]?.key.id, action: "key.rotate" },
    });
    expect(row.after).toMatchObject({ leaked: true, all: true, overlapSeconds: 0 });
  });

  it("is refused to management keys, to unconfirmed people and with an overlap after a leak", async () => {
    const manager: Ctx = { ...ctx, actor: { kind: "management", keyId: newId("key") } };
    expect(await refusal(rotateAllKeys(manager, { overlapSeconds: 0 }))).toBe("forbidden forbidden");
    expect(await refusal(rotateAllKeys(await makeCtx(false), { overlapSeconds: 0 }))).toMatch("not_verified");
    expect(await refusal(rotateAllKeys(ctx, { overlapSeconds: 60, leaked: true }))).toMatch("leakedOverlap");
    expect(await refusal(rotateAllKeys(ctx, {}))).toMatch("required");
    expect(await rotateAllKeys(await makeCtx(), { overlapSeconds: 0 })).toEqual([]);
  });

  it("takes as many keys as a workspace may have", async () => {
    const own = await makeCtx();
    const at = new Date();
    await db().key.createMany({
      data: Array.from({ length: MAX_KEYS }, (_, i) => ({
        id: newId("key"),
        workspaceId: own.workspaceId,
        name: `k${i}`,
        createdAt: at,
        updatedAt: at,
      })),
    });
    const rotated = await rotateAllKeys(own, { overlapSeconds: 0 });
    expect(new Set(rotated.map(({ secret }) => secret)).size).toBe(MAX_KEYS);
  }, 180_000);
});

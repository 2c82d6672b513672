import { afterAll, describe, expect, it } from "vitest";
import type { Ctx } from "@/lib/actor";
import { closeDb, db, pool } from "@/lib/db";
import { env } from "@/lib/env";
import { newId } from "@/lib/ids";
import { createKey } from "@/lib/keys/create-key";
import { createManagementKey } from "@/lib/keys/create-management-key";
import { getKey } from "@/lib/keys/get-key";
import { listKeys } from "@/lib/keys/list-keys";
import { listManagementKeys } from "@/lib/keys/list-management-keys";
import { pauseKey } from "@/lib/keys/pause-key";
import { revokeKey } from "@/lib/keys/revoke-key";
import { revokeManagementKey } from "@/lib/keys/revoke-management-key";
import { rotateKey } from "@/lib/keys/rotate-key";
import { makeCtx, refusal } from "@/lib/keys/test-workspace";
import { parseKey, parsePeppers } from "@/lib/keys/token";
import { KeyVerifier } from "@/lib/keys/verify-key";

afterAll(closeDb);

const managing = (ctx: Ctx): Ctx => ({ ...ctx, actor: { kind: "management", keyId: newId("key") } });

describe("a management key", () => {
  it("is shown once, listed by its ends alone, and makes no calls", async () => {
    const ctx = await makeCtx();
    const { key, secret } = await createManagementKey(ctx, { name: " deploys ", ipRanges: ["10.1.2.3/8"] });
    expect(parseKey(secret)).toBe("management");
    const [view] = await listManagementKeys(ctx);
    expect(view).toMatchObject({
      id: key.id,
      name: "deploys",
      prefix: "mk-tg-",
      lastFour: secret.slice(-4),
      status: "active",
      ipRanges: ["10.0.0.0/8"],
      lastUsedAt: null,
    });
    const verifier = new KeyVerifier(pool(), parsePeppers(env().TOLLGATE_KEY_PEPPER));
    expect(await verifier.verify(secret)).toEqual({ ok: false, refusal: "wrong_key_type" });
    const reserve = await db().$queryRaw`SELECT 1 FROM key_meters WHERE key_id = ${key.id}`;
    expect(reserve).toEqual([]);
  });

  it("comes at most ten times a workspace, however many are made at once", async () => {
    const ctx = await makeCtx();
    const tries = Array.from({ length: 14 }, (_, i) => refusal(createManagementKey(ctx, { name: `m${i}` })));
    const outcomes = await Promise.all(tries);
    expect(outcomes.filter((outcome) => outcome === "not refused")).toHaveLength(10);
    expect(new Set(outcomes)).toEqual(new Set(["not refused", "conflict tooManyManagementKeys"]));
    const [one] = await listManagementKeys(ctx);
    await revokeManagementKey(ctx, { keyId: one?.id ?? "" });
    expect(await refusal(createManagementKey(ctx, { name: "one more" }))).toBe("not refused");
  });

  it("is no API key: the verbs of those do not know it, nor the other way round", async () => {
    const ctx = await makeCtx();
    const { key } = await createManagementKey(ctx, { name: "m" });
    const stranger = await makeCtx();
    const { key: plain } = await createKey(ctx, { name: "k" });
    for (const work of [
      () => getKey(ctx, { keyId: key.id }),
      () => pauseKey(ctx, { keyId: key.id }),
      () => revokeKey(ctx, { keyId: key.id }),
      () => rotateKey(ctx, { keyId: key.id, overlapSeconds: 0 }),
      () => revokeManagementKey(ctx, { keyId: plain.id }),
      () => revokeManagementKey(stranger, { keyId: key.id }),
    ]) {
      expect(await refusal(work())).toBe("not_found notFound");
    }
    expect((await listKeys(ctx)).keys.map(({ id }) => id)).toEqual([plain.id]);
    expect((await listKeys(ctx)).total).toBe(1);
  });

  it("manages API keys and never management keys", async () => {
    const ctx = await makeCtx();
    const { key } = await createManagementKey(ctx, { name: "m" });
    const made = await createKey(managing(ctx), { name: "by a program" });
    expect((await listKeys(ctx)).keys[0]?.id).toBe(made.key.id);
    for (const work of [
      () => createManagementKey(managing(ctx), { name: "another" }),
      () => listManagementKeys(managing(ctx)),
      () => revokeManagementKey(managing(ctx), { keyId: key.id }),
    ]) {
      expect(await refusal(work())).toBe("forbidden forbidden");
    }
  });

  it("is revoked for good, once", async () => {
    const ctx = await makeCtx();
    const { key } = await createManagementKey(ctx, { name: "m" });
    const { revokedAt } = await revokeManagementKey(ctx, { keyId: key.id });
    expect(await revokeManagementKey(ctx, { keyId: key.id })).toEqual({ revokedAt });
    expect(await listManagementKeys(ctx)).toMatchObject([{ status: "revoked", revokedAt }]);
    const lines = await db().auditRow.findMany({ where: { target: key.id }, orderBy: { id: "asc" } });
    expect(lines.map(({ action }) => action)).toEqual(["management_key.create", "management_key.revoke"]);
  });

  it("refuses bad input, and people who have not confirmed their address", async () => {
    const ctx = await makeCtx();
    expect(await refusal(createManagementKey(ctx, { name: " " }))).toMatch("too_small");
    expect(await refusal(createManagementKey(ctx, { name: "a\u0007" }))).toMatch("unprintable");
    expect(await refusal(createManagementKey(ctx, { name: "a", ipRanges: ["300.1.1.1"] }))).toMatch(
      "ipRange",
    );
    expect(await refusal(createManagementKey(ctx, { name: "a", expiresAt: new Date(0) }))).toMatch(
      "inThePast",
    );
    expect(await refusal(createManagementKey(await makeCtx(false), { name: "a" }))).toMatch("not_verified");
  });
});

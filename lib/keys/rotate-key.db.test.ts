import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Ctx } from "@/lib/actor";
import { closeDb } from "@/lib/db";
import { newId } from "@/lib/ids";
import { createKey } from "@/lib/keys/create-key";
import { endOverlap } from "@/lib/keys/end-overlap";
import { getKey } from "@/lib/keys/get-key";
import { revokeKey } from "@/lib/keys/revoke-key";
import { rotateKey } from "@/lib/keys/rotate-key";
import { makeCtx, refusal } from "@/lib/keys/test-workspace";

let ctx: Ctx;
beforeAll(async () => {
  ctx = await makeCtx();
});
afterAll(closeDb);

describe("rotation", () => {
  it("leaves the old secret until the overlap's end, then only the new one", async () => {
    const { key } = await createKey(ctx, { name: "rotate" });
    const before = await getKey(ctx, { keyId: key.id });
    const first = await rotateKey(ctx, { keyId: key.id, overlapSeconds: 3_600 });
    const old = (await getKey(ctx, { keyId: key.id })).history.find(({ id }) => id === before.secrets[0]?.id);
    expect(old?.endsAt).toEqual(first.oldEndsAt);
    expect((first.oldEndsAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(3_590_000);

    // A second rotation ends the first one's leftover now, and the overlap holds for the one it replaces.
    const second = await rotateKey(ctx, { keyId: key.id, overlapSeconds: 60 });
    const after = await getKey(ctx, { keyId: key.id });
    expect(after.secrets.map(({ lastFour }) => lastFour)).toEqual([second.key.lastFour, first.key.lastFour]);
    expect(after.history).toHaveLength(3);

    const leaked = await rotateKey(ctx, { keyId: key.id, overlapSeconds: 0 });
    const end = await getKey(ctx, { keyId: key.id });
    expect(end.secrets.map(({ lastFour }) => lastFour)).toEqual([leaked.key.lastFour]);
    expect(end.status).toBe("active");
  });

  it("twice at once leaves one current secret and at most two living ones", async () => {
    const { key } = await createKey(ctx, { name: "race" });
    const secrets = await Promise.all(
      Array.from({ length: 5 }, () => rotateKey(ctx, { keyId: key.id, overlapSeconds: 86_400 })),
    );
    expect(new Set(secrets.map(({ secret }) => secret)).size).toBe(5);
    const { history } = await getKey(ctx, { keyId: key.id });
    expect(history).toHaveLength(6);
    expect(history.filter(({ endsAt }) => endsAt === null)).toHaveLength(1);
    expect(history.filter(({ living }) => living)).toHaveLength(2);
  });

  it("is refused where it makes no sense", async () => {
    const { key } = await createKey(ctx, { name: "done", expiresAt: new Date(Date.now() + 2_000) });
    for (const overlapSeconds of [-1, 1.5, 30 * 86_400 + 1, Number.NaN]) {
      expect(await refusal(rotateKey(ctx, { keyId: key.id, overlapSeconds }))).toMatch(
        /ZodError.*overlapSeconds/,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect((await getKey(ctx, { keyId: key.id })).status).toBe("expired");
    expect(await refusal(rotateKey(ctx, { keyId: key.id, overlapSeconds: 0 }))).toBe("conflict keyExpired");
    await revokeKey(ctx, { keyId: key.id });
    expect(await refusal(rotateKey(ctx, { keyId: key.id, overlapSeconds: 0 }))).toBe("conflict keyRevoked");
  });

  it("can be cut short, though the current secret cannot be ended", async () => {
    const { key } = await createKey(ctx, { name: "cut" });
    await rotateKey(ctx, { keyId: key.id, overlapSeconds: 604_800 });
    const [current, old] = (await getKey(ctx, { keyId: key.id })).secrets;
    const keyId = key.id;
    expect(await refusal(endOverlap(ctx, { keyId, secretId: current?.id ?? "" }))).toBe(
      "conflict secretIsCurrent",
    );
    expect(await refusal(endOverlap(ctx, { keyId, secretId: newId("sec") }))).toBe("not_found notFound");
    const { endsAt } = await endOverlap(ctx, { keyId, secretId: old?.id ?? "" });
    expect(await endOverlap(ctx, { keyId, secretId: old?.id ?? "" })).toEqual({ endsAt });
    expect((await getKey(ctx, { keyId })).status).toBe("active");
  });
});

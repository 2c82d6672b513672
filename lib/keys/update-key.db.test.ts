import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Ctx } from "@/lib/actor";
import { closeDb, db, pool } from "@/lib/db";
import { newId } from "@/lib/ids";
import { createKey } from "@/lib/keys/create-key";
import { getKey } from "@/lib/keys/get-key";
import { listKeyEvents } from "@/lib/keys/list-key-events";
import { pauseKey } from "@/lib/keys/pause-key";
import { resumeKey } from "@/lib/keys/resume-key";
import { revokeKey } from "@/lib/keys/revoke-key";
import { rotateKey } from "@/lib/keys/rotate-key";
import { makeCtx, makeModel, refusal } from "@/lib/keys/test-workspace";
import { updateKey } from "@/lib/keys/update-key";
import { checkLedger } from "@/lib/ledger/check-ledger";
import { grantCredits } from "@/lib/ledger/grant-credits";
import { closeHotPool } from "@/lib/ledger/hot-pool";
import { reserve } from "@/lib/ledger/reserve";
import { settle } from "@/lib/ledger/settle";
import type { UsageCall } from "@/lib/usage/types";

const NO_CALL = { outputPico: 0n, inputTokens: 0, wantOutputTokens: 0, minOutputTokens: 0 };

function usageOf(workspaceId: string, keyId: string): UsageCall {
  return {
    requestId: newId("req"),
    workspaceId,
    keyId,
    modelId: "test/known",
    connectionId: null,
    routeId: null,
    priceId: null,
    dialect: "chat",
    client: "curl",
    streamed: false,
    outcome: "ok",
    httpStatus: 200,
    errorCode: null,
    finishReason: "stop",
    inputTokens: 1,
    cachedTokens: 0,
    cacheWrite5mTokens: 0,
    cacheWrite1hTokens: 0,
    outputTokens: 1,
    reasoningTokens: 0,
    audioInputTokens: 0,
    audioOutputTokens: 0,
    imageTokens: 0,
    measured: true,
    clampedTokens: null,
    upstreamCostNano: "0",
    queuedMs: 0,
    firstByteMs: null,
    totalMs: 1,
    requestBytes: 1,
    fallbacks: 0,
    startedAt: new Date().toISOString(),
  };
}

let ctx: Ctx;
beforeAll(async () => {
  ctx = await makeCtx();
  await makeModel("test/known");
});
afterAll(async () => {
  await closeHotPool();
  await closeDb();
});

describe("a key's life", () => {
  it("pauses and resumes, and ends for good", async () => {
    const { key } = await createKey(ctx, { name: "life" });
    const keyId = key.id;
    const paused = await pauseKey(ctx, { keyId });
    expect(await pauseKey(ctx, { keyId })).toEqual(paused);
    expect((await getKey(ctx, { keyId })).status).toBe("paused");
    await resumeKey(ctx, { keyId });
    expect((await getKey(ctx, { keyId })).status).toBe("active");
    const revoked = await revokeKey(ctx, { keyId });
    expect(await revokeKey(ctx, { keyId })).toEqual(revoked);
    const view = await getKey(ctx, { keyId });
    expect(view.status).toBe("revoked");
    expect(view.history.every(({ living }) => !living)).toBe(true);
    expect(view.secrets).toHaveLength(1);
    expect(await refusal(pauseKey(ctx, { keyId }))).toBe("conflict keyRevoked");
    expect(await refusal(resumeKey(ctx, { keyId }))).toBe("conflict keyRevoked");
    expect(await refusal(updateKey(ctx, { keyId, name: "again" }))).toBe("conflict keyRevoked");
    expect((await listKeyEvents(ctx, { keyId })).map(({ action }) => action)).toEqual([
      "key.revoke",
      "key.resume",
      "key.pause",
      "key.create",
    ]);
  });

  it("changes all of what was asked or nothing, and not over someone else's change", async () => {
    const { key } = await createKey(ctx, { name: "edit", totalBudgetNano: 5n });
    const keyId = key.id;
    const seen = await getKey(ctx, { keyId });
    expect(await refusal(updateKey(ctx, { keyId, name: "new", period: "day" }))).toMatch(/periodNeedsBudget/);
    expect((await getKey(ctx, { keyId })).name).toBe("edit");
    await updateKey(ctx, { keyId, name: "new", totalBudgetNano: null, updatedAt: seen.updatedAt });
    expect(await refusal(updateKey(ctx, { keyId, name: "other", updatedAt: seen.updatedAt }))).toBe(
      "conflict changedMeanwhile",
    );
    const view = await getKey(ctx, { keyId });
    expect([view.name, view.limits.totalBudgetNano]).toEqual(["new", null]);
    const events = await listKeyEvents(ctx, { keyId });
    expect(events[0]).toMatchObject({
      before: { name: "edit", totalBudgetNano: "5" },
      after: { name: "new", totalBudgetNano: null },
    });
    await updateKey(ctx, { keyId, name: "new" });
    expect(await listKeyEvents(ctx, { keyId })).toHaveLength(events.length);
  });

  it("counts what was already spent, and what open calls hold, when a period's budget is added", async () => {
    const { workspaceId } = ctx;
    const { key } = await createKey(ctx, { name: "late budget" });
    const fact = { promotional: false, source: "operator", actor: "cli", from: "adjustments" } as const;
    await db().$transaction((tx) =>
      grantCredits(tx, { ...fact, workspaceId, amountNano: 1_000_000n, key: `grant:${key.id}` }),
    );
    const call = (holdId: string) =>
      reserve({
        ...NO_CALL,
        holdId,
        workspaceId,
        keyId: key.id,
        fixedPico: 900_000n,
        instanceId: newId("gw"),
      });
    const end = (holdId: string, costNano: bigint) =>
      settle({ holdId, workspaceId, costNano, usage: usageOf(workspaceId, key.id) });
    const [past, open] = [newId("hold"), newId("hold")];
    await call(past);
    await end(past, 700n);
    await call(open);

    await updateKey(ctx, { keyId: key.id, period: "month", periodBudgetNano: 2_000n });
    const during = await getKey(ctx, { keyId: key.id });
    expect([during.meter.periodSpentNano, during.meter.periodHeldNano]).toEqual([700n, 900n]);
    expect(await call(newId("hold"))).toMatchObject({ admitted: false, reason: "in_flight" });
    await end(open, 800n);
    const { meter, spentTodayNano, spentMonthNano } = await getKey(ctx, { keyId: key.id });
    expect([meter.periodSpentNano, meter.periodHeldNano]).toEqual([1_500n, 0n]);
    expect([spentTodayNano, spentMonthNano]).toEqual([1_500n, 1_500n]);
    expect(await call(newId("hold"))).toMatchObject({ admitted: false, reason: "key_period", left: 500n });
    expect((await checkLedger()).filter(({ subject }) => subject === key.id)).toEqual([]);
  });

  it("tells every gateway, when it is committed and not before", async () => {
    const listener = await pool().connect();
    const heard: string[] = [];
    listener.on("notification", ({ payload }) => heard.push(payload ?? ""));
    await listener.query("LISTEN tollgate_keys");
    const { key } = await createKey(ctx, { name: "heard" });
    const keyId = key.id;
    await rotateKey(ctx, { keyId, overlapSeconds: 60 });
    await pauseKey(ctx, { keyId });
    await resumeKey(ctx, { keyId });
    await updateKey(ctx, { keyId, maxParallel: 1 });
    await refusal(updateKey(ctx, { keyId, models: ["test/unknown"] }));
    await revokeKey(ctx, { keyId });
    await listener.query("SELECT 1");
    listener.release(true);
    expect(heard.filter((id) => id === keyId)).toHaveLength(6);
  });
});

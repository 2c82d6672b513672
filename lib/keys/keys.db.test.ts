import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Ctx } from "@/lib/actor";
import { closeDb, db, pool } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { createKey } from "@/lib/keys/create-key";
import { endOverlap } from "@/lib/keys/end-overlap";
import { getKey } from "@/lib/keys/get-key";
import { listKeyEvents } from "@/lib/keys/list-key-events";
import { listKeys } from "@/lib/keys/list-keys";
import { pauseKey } from "@/lib/keys/pause-key";
import { resumeKey } from "@/lib/keys/resume-key";
import { revokeKey } from "@/lib/keys/revoke-key";
import { rotateKey } from "@/lib/keys/rotate-key";
import { updateKey } from "@/lib/keys/update-key";
import { checkLedger } from "@/lib/ledger/check-ledger";
import { grantCredits } from "@/lib/ledger/grant-credits";
import { closeHotPool } from "@/lib/ledger/hot-pool";
import { reserve } from "@/lib/ledger/reserve";
import { settle } from "@/lib/ledger/settle";
import type { UsageCall } from "@/lib/usage/types";

async function newCtx(verified = true): Promise<Ctx> {
  const workspaceId = newId("ws");
  const userId = newId("usr");
  const email = `${userId.toLowerCase()}@example.com`;
  await db().user.create({ data: { id: userId, email, passwordHash: "x" } });
  await db().workspace.create({ data: { id: workspaceId, name: "test" } });
  await db().$executeRaw`SELECT ledger.open_wallet(${workspaceId})`;
  const actor = { kind: "user", userId, email, verified, operator: false, sessionId: newId("ses") } as const;
  return { actor, workspaceId, requestId: newId("req") };
}

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof AppError)
      return `${error.code} ${error.message}${error.field ? ` ${error.field}` : ""}`;
    return `${(error as Error).name} ${JSON.stringify((error as { issues?: unknown }).issues)}`;
  }
  return "not refused";
}

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
  ctx = await newCtx();
  await db().model.upsert({
    where: { id: "test/known" },
    create: { id: "test/known", displayName: "Known", contextTokens: 1000, maxOutputTokens: 100 },
    update: {},
  });
});
afterAll(async () => {
  await closeHotPool();
  await closeDb();
});

describe("a new key", () => {
  it("is stored as a digest alone: no dump of any table holds the secret", async () => {
    const { key, secret } = await createKey(ctx, { name: "  laptop " });
    const rotated = await rotateKey(ctx, { keyId: key.id, overlapSeconds: 3600 });
    const tables = await pool().query<{ schema: string; name: string }>(
      `SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
        WHERE table_schema IN ('public', 'ledger', 'usage') AND table_type = 'BASE TABLE'`,
    );
    let dumped = 0;
    for (const { schema, name } of tables.rows) {
      const rows = await pool().query<{ text: string }>(
        `SELECT t::text AS text FROM "${schema}"."${name}" t`,
      );
      dumped += rows.rows.length;
      const dump = rows.rows.map(({ text }) => text).join("\n");
      for (const one of [secret, rotated.secret]) {
        expect(dump, `${schema}.${name}`).not.toContain(one);
        expect(dump, `${schema}.${name}`).not.toContain(one.slice(6, -6));
      }
    }
    expect(dumped).toBeGreaterThan(4);
    expect(key.name).toBe("laptop");
    const view = await getKey(ctx, { keyId: key.id });
    expect(view.status).toBe("rotating");
    expect(view.secrets.map(({ lastFour }) => lastFour)).toEqual([
      rotated.secret.slice(-4),
      secret.slice(-4),
    ]);
  });

  it("takes a name that is text and nothing else", async () => {
    for (const name of [
      "",
      "   ",
      "x".repeat(81),
      "x".repeat(10_000),
      "a\nb",
      "a\u0000b",
      "a\u202eb",
      "\ud800",
    ]) {
      expect(await refusal(createKey(ctx, { name })), JSON.stringify(name.slice(0, 20))).toMatch(
        /^ZodError .*"name"/,
      );
    }
    for (const name of [
      "<script>alert(1)</script>",
      "'; DROP TABLE keys; --",
      "ключ 鍵 🔑",
      "x".repeat(80),
    ]) {
      const { key } = await createKey(ctx, { name });
      expect((await getKey(ctx, { keyId: key.id })).name).toBe(name);
    }
  });

  it("refuses limits that make no sense, by their field", async () => {
    const cases: [Parameters<typeof createKey>[1], RegExp][] = [
      [{ name: "a", totalBudgetNano: 0n }, /totalBudgetNano.*amountPositive|amountPositive.*totalBudgetNano/],
      [{ name: "a", totalBudgetNano: -1n }, /amountPositive/],
      [{ name: "a", totalBudgetNano: 9_223_372_036_854_775_808n }, /amountTooLarge/],
      [{ name: "a", periodBudgetNano: 5n }, /budgetNeedsPeriod period/],
      [{ name: "a", period: "day" }, /periodNeedsBudget periodBudgetNano/],
      [{ name: "a", expiresAt: new Date(Date.now() - 1_000) }, /inThePast expiresAt/],
      [{ name: "a", expiresAt: new Date("2999-01-01") }, /expiryTooFar expiresAt/],
      [{ name: "a", expiresAt: new Date("nonsense") }, /expiresAt/],
      [{ name: "a", requestsPerMinute: 0 }, /requestsPerMinute/],
      [{ name: "a", requestsPerMinute: 1.5 }, /requestsPerMinute/],
      [{ name: "a", tokensPerMinute: 3_000_000_000 }, /tokensPerMinute/],
      [{ name: "a", maxParallel: -1 }, /maxParallel/],
      [{ name: "a", models: ["test/unknown"] }, /unknownModel models/],
      [{ name: "a", models: ["a\u0000b"] }, /unknownModel models/],
      [{ name: "a", ipRanges: ["300.1.1.1"] }, /ipRange/],
    ];
    for (const [input, expected] of cases) expect(await refusal(createKey(ctx, input))).toMatch(expected);
  });

  it("keeps its limits as they were given", async () => {
    const expiresAt = new Date(Date.now() + 86_400_000);
    const limits = {
      models: ["test/known"],
      ipRanges: ["10.1.2.3/8", "::ffff:192.0.2.1", "2001:db8::1/32", "0.0.0.0/0"],
      totalBudgetNano: 9_223_372_036_854_775_807n,
      periodBudgetNano: 1n,
      period: "week" as const,
      requestsPerMinute: 60,
      tokensPerMinute: 100_000,
      maxParallel: 4,
      maxRequestNano: 250_000_000n,
      expiresAt,
    };
    const { key } = await createKey(ctx, { name: "limited", ...limits });
    const view = await getKey(ctx, { keyId: key.id });
    expect(view.limits).toEqual({
      ...limits,
      ipRanges: ["10.0.0.0/8", "192.0.2.1/32", "2001:db8::/32", "0.0.0.0/0"],
    });
    expect(view.meter.periodEndsAt?.getUTCDay()).toBe(1);
    expect(view.meter.periodEndsAt?.toISOString()).toMatch(/T00:00:00\.000Z$/);
  });

  it("needs a verified person", async () => {
    const visitor = await newCtx(false);
    expect(await refusal(createKey(visitor, { name: "a" }))).toBe("not_verified notVerified");
    expect(
      await refusal(createKey({ ...ctx, actor: { kind: "key", keyId: newId("key") } }, { name: "a" })),
    ).toBe("forbidden forbidden");
  });
});

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
    const { key } = await createKey(ctx, { name: "done", expiresAt: new Date(Date.now() + 300) });
    for (const overlapSeconds of [-1, 1.5, 30 * 86_400 + 1, Number.NaN]) {
      expect(await refusal(rotateKey(ctx, { keyId: key.id, overlapSeconds }))).toMatch(
        /ZodError.*overlapSeconds/,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 350));
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

describe("another workspace's key", () => {
  it("answers as missing on every verb", async () => {
    const { key } = await createKey(ctx, { name: "mine" });
    const stranger = await newCtx();
    for (const keyId of [key.id, newId("key"), "", "key_\u0000", "x".repeat(10_000), "' OR 1=1"]) {
      const input = { keyId, overlapSeconds: 0, secretId: newId("sec"), name: "theirs" };
      for (const verb of [getKey, updateKey, rotateKey, endOverlap, pauseKey, resumeKey, revokeKey]) {
        expect(await refusal(verb(stranger, input)), `${verb.name} ${keyId.slice(0, 30)}`).toBe(
          "not_found notFound",
        );
      }
    }
    expect(await listKeyEvents(stranger, { keyId: key.id })).toEqual([]);
    expect((await listKeys(stranger)).keys).toEqual([]);
    expect((await getKey(ctx, { keyId: key.id })).status).toBe("active");
  });
});

describe("the list", () => {
  it("searches, filters, sorts and pages", async () => {
    const own = await newCtx();
    const names = ["Alpha", "beta 100%", "gamma_1"];
    const made = [];
    for (const name of names) made.push(await createKey(own, { name }));
    const [alpha, beta, gamma] = made;
    await pauseKey(own, { keyId: beta?.key.id ?? "" });
    await revokeKey(own, { keyId: gamma?.key.id ?? "" });
    const found = async (filter: Parameters<typeof listKeys>[1]) =>
      (await listKeys(own, filter)).keys.map(({ name }) => name);
    expect(await found({})).toEqual(["gamma_1", "beta 100%", "Alpha"]);
    expect(await found({ sort: "name" })).toEqual(["Alpha", "beta 100%", "gamma_1"]);
    expect(await found({ search: "ALPH" })).toEqual(["Alpha"]);
    expect(await found({ search: "%" })).toEqual(["beta 100%"]);
    expect(await found({ search: "_" })).toEqual(["gamma_1"]);
    expect(await found({ search: "\u0000" })).toHaveLength(3);
    expect(await found({ search: alpha?.secret.slice(-4) ?? "" })).toEqual(["Alpha"]);
    expect(await found({ status: "paused" })).toEqual(["beta 100%"]);
    expect(await found({ status: "revoked" })).toEqual(["gamma_1"]);
    expect(await found({ status: "active" })).toEqual(["Alpha"]);
    expect(await found({ sort: "name", pageSize: 2, page: 2 })).toEqual(["gamma_1"]);
    const { matching, total } = await listKeys(own, { status: "paused" });
    expect([matching, total]).toEqual([1, 3]);
  });
});

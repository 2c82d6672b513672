import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GatewayWorld, ledger, openGatewayPool, startWorld } from "@/e2e/gateway/world";
import { account } from "@/lib/auth/account.fixture";
import { db, pool } from "@/lib/db";
import { env } from "@/lib/env";
import { startGateway } from "@/lib/gateway/start-gateway";
import { newId } from "@/lib/ids";
import { createKey } from "@/lib/keys/create-key";
import type { NewKeyInput } from "@/lib/keys/key-input";
import { parsePeppers } from "@/lib/keys/token";
import { grantCredits } from "@/lib/ledger/grant-credits";

/** What a key's limits mean to a caller, in one gateway process. */
let world: GatewayWorld;
beforeAll(async () => {
  world = await startWorld(["text", "vendor/mini-a", "vendor/large"], {
    // A machine that does much else is no slow upstream.
    firstByteTimeoutMs: 20_000,
    idleTimeoutMs: 20_000,
  });
  await pool().query("UPDATE routes SET upstream_id = 'ok'");
  await world.gateway.services.catalog.refresh();
});
afterAll(() => world.stop());

async function keyWith(limits: Omit<NewKeyInput, "name">) {
  const { ctx } = await account();
  await grantCredits(db(), {
    workspaceId: ctx.workspaceId,
    amountNano: 10_000_000_000n,
    promotional: false,
    source: "operator",
    key: `grant:${newId("led")}`,
    actor: "cli",
    from: "adjustments",
  });
  return createKey(ctx, { name: "k", ...limits });
}

function call(secret: string, model: string, more: Record<string, unknown> = {}): Promise<Response> {
  return fetch(`${world.baseUrl}/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    body: JSON.stringify({ model, messages: [{ role: "user", content: "Hi" }], max_tokens: 16, ...more }),
  });
}

const RATES = ["limit", "remaining", "reset"].flatMap((what) => [`${what}-requests`, `${what}-tokens`]);
const rates = ({ headers }: Response) => RATES.map((name) => headers.get(`x-ratelimit-${name}`));

describe("a key with a list of models", () => {
  it("lists and calls what an id or a pattern allows, and is refused the rest by name", async () => {
    const { secret } = await keyWith({ models: ["text", "vendor/*mini*"] });
    const listed = await fetch(`${world.baseUrl}/models`, { headers: { authorization: `Bearer ${secret}` } });
    const { data } = (await listed.json()) as { data: { id: string }[] };
    expect(data.map(({ id }) => id).toSorted()).toEqual(["text", "vendor/mini-a"]);
    expect((await call(secret, "text")).status).toBe(200);
    const refused = await call(secret, "vendor/large");
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ error: { code: "model_not_allowed" } });
    const unknown = await call(secret, "vendor/mini-z");
    expect(await unknown.json()).toMatchObject({
      error: { code: "model_not_found", message: expect.stringContaining("vendor/mini-a") },
    });
    const { secret: any } = await keyWith({ models: ["*"] });
    const all = await fetch(`${world.baseUrl}/models`, { headers: { authorization: `Bearer ${any}` } });
    expect(((await all.json()) as { data: unknown[] }).data).toHaveLength(3);
  });
});

describe("a key with address ranges", () => {
  it("works from inside them in either family's spelling, and from nowhere else", async () => {
    for (const [ipRanges, status] of [
      [["127.0.0.1"], 200],
      [["::ffff:127.0.0.0/104"], 200],
      [["0.0.0.0/0"], 200],
      [["::/0"], 403],
      [["10.0.0.0/8", "2001:db8::/32"], 403],
    ] as const) {
      const { secret } = await keyWith({ ipRanges: [...ipRanges] });
      expect((await call(secret, "text")).status, ipRanges.join()).toBe(status);
    }
  });
});

describe("a key with address ranges, behind two proxies", () => {
  it("goes by the address that the outer one saw, whatever the caller writes before it", async () => {
    const behindPool = openGatewayPool();
    const behind = await startGateway({
      pool: behindPool,
      ledger,
      peppers: parsePeppers(env().TOLLGATE_KEY_PEPPER),
      publicUrl: "http://localhost:3000",
      publicApiUrl: "http://localhost:4100",
      host: "127.0.0.1",
      port: 0,
      proxyHops: 2,
    });
    try {
      const { secret } = await keyWith({ ipRanges: ["198.51.100.0/24", "2001:db8::/32"] });
      const from = async (forwarded?: string) => {
        const headers = {
          authorization: `Bearer ${secret}`,
          ...(forwarded ? { "x-forwarded-for": forwarded } : {}),
        };
        return (await fetch(`http://127.0.0.1:${behind.port}/v1/models`, { headers })).status;
      };
      for (const [forwarded, status] of [
        ["198.51.100.7, 10.0.0.2", 200],
        ["::ffff:198.51.100.7, 10.0.0.2", 200],
        ["[2001:db8::7]:4711, 10.0.0.2", 200],
        ["198.51.100.7, 203.0.113.9, 10.0.0.2", 403],
        ["203.0.113.9, 198.51.100.7, 10.0.0.2", 200],
        ["nonsense, 10.0.0.2", 403],
        [undefined, 403],
      ] as const) {
        expect(await from(forwarded), forwarded).toBe(status);
      }
    } finally {
      await behind.stop({ noticeMs: 0, graceMs: 1_000 });
      await behindPool.end();
    }
  });
});

describe("OpenAI's x-ratelimit headers", () => {
  it("are on plain and streamed answers, on refusals by any limit, and count down", async () => {
    const { secret } = await keyWith({
      requestsPerMinute: 3,
      tokensPerMinute: 100_000,
      maxRequestNano: 5_000_000n,
    });
    const plain = await call(secret, "text");
    expect(rates(plain).slice(0, 3)).toEqual(["3", "100000", "2"]);
    expect(Number(rates(plain)[3])).toBeLessThan(100_000);
    for (const reset of rates(plain).slice(4)) expect(reset).toMatch(/^([1-5]?\d|60)s$/);
    const streamed = await call(secret, "text", { stream: true });
    await streamed.text();
    expect(rates(streamed)[2]).toBe("1");
    const dear = await call(secret, "text", {
      max_tokens: 16_000,
      messages: [{ role: "user", content: "x ".repeat(20_000) }],
    });
    expect([dear.status, rates(dear)[2]]).toEqual([403, "1"]);
    await call(secret, "text");
    const over = await call(secret, "text");
    expect([over.status, rates(over)[2], over.headers.get("x-should-retry")]).toEqual([429, "0", null]);
    const wait = Number(over.headers.get("retry-after"));
    expect(wait).toBeGreaterThan(0);
    expect(`${wait}s`).toBe(rates(over)[4]);
    expect(over.headers.get("access-control-expose-headers")).toContain("x-ratelimit-remaining-requests");
  });

  it("are on answers that reserve nothing, too, and change nothing", async () => {
    const { secret } = await keyWith({ requestsPerMinute: 3, tokensPerMinute: 100_000 });
    await call(secret, "text");
    const headers = { authorization: `Bearer ${secret}` };
    for (const path of ["/models", "/models/text", "/key", "/credits", "/generation?id=req_x"]) {
      const answer = await fetch(`${world.baseUrl}${path}`, { headers });
      expect([path, ...rates(answer).slice(0, 3)]).toEqual([path, "3", "100000", "2"]);
    }
    const unread = await fetch(`${world.baseUrl}/chat/completions`, { method: "POST", headers, body: "{" });
    expect([unread.status, ...rates(unread).slice(0, 3)]).toEqual([400, "3", "100000", "2"]);
    const unknown = await call(secret, "no-such-model");
    expect([unknown.status, rates(unknown)[2]]).toEqual([404, "2"]);
    expect(rates(await call(secret, "text"))[2]).toBe("1");
  });

  it("are left out where there is no such limit", async () => {
    const { secret } = await keyWith({ tokensPerMinute: 100_000 });
    const answer = await call(secret, "text");
    expect(rates(answer).map((value) => value !== null)).toEqual([false, true, false, true, false, true]);
  });
});

describe("a refusal by a limit of the key", () => {
  it("names the limit, when it begins anew, and the time to wait", async () => {
    const big = { max_tokens: 4_000, messages: [{ role: "user", content: "x ".repeat(2_000) }] };
    const cases: [Omit<NewKeyInput, "name">, Record<string, unknown>, number, string, boolean][] = [
      [{ totalBudgetNano: 1_000n }, {}, 403, "key_total", false],
      [{ period: "day", periodBudgetNano: 1_000n }, {}, 403, "key_period", true],
      [{ maxRequestNano: 1_000n }, {}, 403, "request_cost", false],
      [{ tokensPerMinute: 100 }, big, 429, "tokens_per_minute", false],
    ];
    for (const [limits, body, status, limit, waits] of cases) {
      const { secret } = await keyWith(limits);
      const refused = await call(secret, "text", body);
      const { error } = (await refused.json()) as { error: Record<string, string> };
      expect([refused.status, error.limit_source, error.limit], limit).toEqual([status, "key", limit]);
      expect(refused.headers.has("retry-after"), limit).toBe(waits);
      expect(refused.headers.get("x-should-retry"), limit).toBe("false");
      if (!waits) continue;
      const midnight = new Date();
      midnight.setUTCHours(24, 0, 0, 0);
      const apartMs = Date.parse(error.resets_at ?? "") - midnight.getTime();
      expect(Math.abs(apartMs)).toBeLessThan(2_000);
      const waitMs = Number(refused.headers.get("retry-after")) * 1_000;
      expect(Math.abs(Date.now() + waitMs - midnight.getTime())).toBeLessThan(5_000);
    }
  });
});

describe("64 calls at once on one key", () => {
  it("never pass its budget by one unit, and all of it can be used", async () => {
    const { key, secret } = await keyWith({ totalBudgetNano: 2_000_000n });
    const answers = await Promise.all(Array.from({ length: 64 }, () => call(secret, "text")));
    for (const { status } of answers) expect([200, 403, 429]).toContain(status);
    const meter = await db().keyMeter.findUniqueOrThrow({ where: { keyId: key.id } });
    expect(meter.totalSpentNano).toBeLessThanOrEqual(2_000_000n);
    expect(meter.totalReservedNano).toBe(0n);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
  });

  it("make exactly as many requests as a minute allows", async () => {
    const { secret } = await keyWith({ requestsPerMinute: 17 });
    const answers = await Promise.all(Array.from({ length: 64 }, () => call(secret, "text")));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(17);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(47);
  });
});

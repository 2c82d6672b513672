import { connect } from "node:net";
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  addScripted,
  addSecret,
  type Customer,
  callRows,
  type GatewayWorld,
  startWorld,
  until,
} from "@/e2e/gateway/world";
import { scale } from "@/e2e/harness/scale";
import { pool } from "@/lib/db";
import { makeKey } from "@/lib/keys/token";

let world: GatewayWorld;
let customer: Customer;

beforeAll(async () => {
  world = await startWorld(["ok", "empty", "slow-drip"], { firstByteTimeoutMs: 3_000, idleTimeoutMs: 3_000 });
  await addScripted("seeing", { vision: true });
  await pool().query("UPDATE routes SET upstream_id = 'ok' WHERE model_id = 'seeing'");
  customer = await world.customer();
  await world.gateway.services.catalog.refresh();
});
afterAll(() => world.stop());

const messages = [{ role: "user", content: "hi" }];
async function ask(body: unknown = {}, headers: Record<string, string> = {}, path = "/v1/chat/completions") {
  const response = await fetch(world.baseUrl.replace("/v1", path), {
    method: "POST",
    headers: { authorization: `Bearer ${customer.secret}`, "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify({ model: "ok", messages, ...(body as object) }),
  });
  const text = await response.text();
  const error = response.headers.get("content-type")?.includes("json") ? JSON.parse(text).error : undefined;
  return { status: response.status, error, headers: response.headers, text };
}
const as = (secret: string) => ({ authorization: `Bearer ${secret}` });
const notify = (keyId: string) => pool().query("SELECT pg_notify('tollgate_keys', $1)", [keyId]);

describe("a key", () => {
  it("that is missing, malformed, unknown or for managing is refused by name", async () => {
    const cases: [Record<string, string>, string][] = [
      [{ authorization: "" }, "invalid_api_key"],
      [as("sk-tg-x"), "invalid_api_key"],
      [as(makeKey("inference")), "invalid_api_key"],
      [as(makeKey("management")), "wrong_key_type"],
    ];
    for (const [headers, code] of cases) {
      const { status, error, headers: got } = await ask({}, headers);
      expect([status, error.code, got.get("x-should-retry")]).toEqual([401, code, "false"]);
      expect(error.request_id).toBe(got.get("x-request-id"));
    }
  });

  it("that is malformed costs no query, however often it is tried", async () => {
    let acquired = 0;
    world.gateway.services.pool.on("acquire", () => acquired++);
    const runs = scale(1_000, 10_000);
    const printable = fc.integer({ min: 33, max: 126 }).map((code) => String.fromCharCode(code));
    const junk = fc.string({ unit: printable, minLength: 1, maxLength: 200 });
    const base62 = fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
    // As long as a key and of its letters: only the checksum tells.
    const near = fc.string({ unit: base62, minLength: 49, maxLength: 49 });
    const text = fc.sample(
      fc.oneof(
        junk,
        near.map((letters) => `Bearer sk-tg-${letters}`),
      ),
      runs,
    );
    for (let at = 0; at < text.length; at += 50) {
      await Promise.all(
        text.slice(at, at + 50).map(async (junk) => {
          const { status, error } = await ask({}, { authorization: junk });
          expect([status, error.code]).toEqual([401, "invalid_api_key"]);
        }),
      );
    }
    world.gateway.services.pool.removeAllListeners("acquire");
    // The heartbeat and the catalogue's check may have passed by; the calls made none.
    expect(acquired).toBeLessThan(10);
  });

  it("that is revoked, paused or expired is refused within a second of the change", async () => {
    const changes: [string, string][] = [
      ["revoked_at = now()", "invalid_api_key"],
      ["paused_at = now()", "api_key_disabled"],
      ["expires_at = now()", "api_key_expired"],
    ];
    for (const [change, code] of changes) {
      const one = await world.customer();
      expect((await ask({}, as(one.secret))).status).toBe(200);
      await pool().query(`UPDATE keys SET ${change} WHERE id = $1`, [one.keyId]);
      await notify(one.keyId);
      await until(async () => (await ask({}, as(one.secret))).status === 401, 1_000);
      expect((await ask({}, as(one.secret))).error.code).toBe(code);
    }
  });

  it("that was revoked is refused even before the news arrives, because the reserve looks again", async () => {
    const one = await world.customer();
    expect((await ask({}, as(one.secret))).status).toBe(200);
    await pool().query("UPDATE keys SET revoked_at = now() WHERE id = $1", [one.keyId]);
    const { status, error } = await ask({}, as(one.secret));
    expect([status, error.code]).toEqual([401, "invalid_api_key"]);
  });

  it("that was revoked is refused within five seconds when the news is lost, and the listener comes back", async () => {
    const one = await world.customer();
    const list = () => fetch(`${world.baseUrl}/models`, { headers: as(one.secret) });
    expect((await list()).status).toBe(200);
    await pool().query("UPDATE keys SET revoked_at = now() WHERE id = $1", [one.keyId]);
    expect((await list()).status).toBe(200);
    await until(async () => (await list()).status === 401, 5_500);

    const superuser = new pg.Client(process.env.TOLLGATE_TEST_SUPER_URL);
    await superuser.connect();
    await superuser.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tollgate-listen' AND datname = current_database()",
    );
    const listens = async () => {
      const { rows } = await superuser.query(
        "SELECT 1 FROM pg_stat_activity WHERE application_name = 'tollgate-listen' AND datname = current_database()",
      );
      return rows.length === 1;
    };
    await until(async () => !(await listens()), 1_000).catch(() => undefined);
    await until(listens);
    const two = await world.customer();
    const listTwo = () => fetch(`${world.baseUrl}/models`, { headers: as(two.secret) });
    expect((await listTwo()).status).toBe(200);
    await pool().query("UPDATE keys SET paused_at = now() WHERE id = $1", [two.keyId]);
    await notify(two.keyId);
    await until(async () => (await listTwo()).status === 401, 1_000);
    await superuser.end();
  });

  it("works with each of its secrets until that ends", async () => {
    const one = await world.customer();
    const second = await addSecret(one.keyId);
    await pool().query(
      "UPDATE key_secrets SET ends_at = now() + interval '400 milliseconds' WHERE key_id = $1 AND last_four = $2",
      [one.keyId, one.secret.slice(-4)],
    );
    expect([(await ask({}, as(one.secret))).status, (await ask({}, as(second))).status]).toEqual([200, 200]);
    await until(async () => (await ask({}, as(one.secret))).status === 401, 2_000);
    expect((await ask({}, as(one.secret))).error.code).toBe("api_key_expired");
    expect((await ask({}, as(second))).status).toBe(200);
  });

  it("may only call its models, from its addresses, and sees only what it may use", async () => {
    const one = await world.customer();
    await pool().query("UPDATE keys SET models = '{empty}' WHERE id = $1", [one.keyId]);
    await notify(one.keyId);
    const { status, error } = await ask({}, as(one.secret));
    expect([status, error.code, error.param]).toEqual([403, "model_not_allowed", "model"]);
    await until(async () => (await callRows(one.workspaceId)).length === 1);
    expect((await callRows(one.workspaceId))[0]).toMatchObject({ outcome: "refused", http_status: 403 });
    const models = await (await fetch(`${world.baseUrl}/models`, { headers: as(one.secret) })).json();
    expect(models.data.map((model: { id: string }) => model.id)).toEqual(["empty"]);
    await pool().query("UPDATE keys SET models = '{}', ip_ranges = '{203.0.113.0/24}' WHERE id = $1", [
      one.keyId,
    ]);
    await notify(one.keyId);
    await until(async () => (await ask({}, as(one.secret))).error?.code === "ip_not_allowed", 1_000);
    expect((await ask({}, { ...as(one.secret), "x-forwarded-for": "203.0.113.7" })).status).toBe(403);
    await pool().query("UPDATE keys SET ip_ranges = '{127.0.0.0/8}' WHERE id = $1", [one.keyId]);
    await notify(one.keyId);
    await until(async () => (await ask({}, as(one.secret))).status === 200, 1_000);
  });

  it("is told its limits and its balance", async () => {
    const one = await world.customer(5_000_000_000n);
    await pool().query(
      "UPDATE keys SET total_budget_nano = 1000000000, period = 'day', period_budget_nano = 500000000, requests_per_minute = 9 WHERE id = $1",
      [one.keyId],
    );
    await ask({}, as(one.secret));
    const key = await (await fetch(`${world.baseUrl}/key`, { headers: as(one.secret) })).json();
    expect(key).toMatchObject({
      id: one.keyId,
      usage_usd: "0.00002",
      total_limit_usd: "1",
      total_remaining_usd: "0.99998",
      period: "day",
      period_usage_usd: "0.00002",
      requests_per_minute: 9,
    });
    const credits = await (await fetch(`${world.baseUrl}/credits`, { headers: as(one.secret) })).json();
    expect(credits).toMatchObject({
      balance_usd: "4.99998",
      available_usd: "4.99998",
      total_credits_usd: "5",
      total_usage_usd: "0.00002",
    });
  });
});

describe("money and limits", () => {
  it("say what is needed, what is left and where to go", async () => {
    const broke = await world.customer(0n);
    const { status, error, headers } = await ask({}, as(broke.secret));
    expect([status, error.code, error.type, headers.get("x-should-retry")]).toEqual([
      403,
      "insufficient_quota",
      "insufficient_quota",
      "false",
    ]);
    expect(error).toMatchObject({
      limit_source: "account",
      left_usd: "0",
      top_up_url: "http://localhost:3000/credits",
    });
    await until(async () => (await callRows(broke.workspaceId)).length === 1);
    expect((await callRows(broke.workspaceId))[0]).toMatchObject({
      outcome: "refused",
      error_code: "insufficient_quota",
      cost_nano: 0n,
    });
  });

  it("do not refuse a long prompt that a counted bound can pay for", async () => {
    // 400 kB of prose are about 90,000 tokens ($0.09); by its bytes it would need $0.40.
    const one = await world.customer(160_000_000n);
    const prose = "The quick brown fox jumps over the lazy dog. ".repeat(9_000);
    const { status } = await ask(
      { messages: [{ role: "user", content: prose }], max_tokens: 20 },
      as(one.secret),
    );
    expect(status).toBe(200);
  });

  it("are clamped, announced and never exceeded", async () => {
    const one = await world.customer(1_000_000n);
    const { status, headers } = await ask({ max_tokens: 16_000 }, as(one.secret));
    expect(status).toBe(200);
    const cap = Number(headers.get("x-max-tokens-clamped"));
    // At most half of what is available: $0.0005 less the input's bound, at $2 per million.
    expect(cap).toBeGreaterThan(10);
    expect(cap).toBeLessThan(300);
    expect(world.upstream.seen.at(-1)?.body.max_tokens).toBe(cap);
    expect((await callRows(one.workspaceId))[0]?.clamped_tokens).toBe(BigInt(cap));
  });

  it("of a key are its own: budget, requests and calls at once", async () => {
    const one = await world.customer();
    await pool().query("UPDATE keys SET total_budget_nano = 1 WHERE id = $1", [one.keyId]);
    expect((await ask({}, as(one.secret))).error).toMatchObject({
      code: "insufficient_quota",
      limit_source: "key",
    });
    await pool().query("UPDATE keys SET total_budget_nano = NULL, requests_per_minute = 2 WHERE id = $1", [
      one.keyId,
    ]);
    expect((await ask({}, as(one.secret))).headers.get("x-ratelimit-remaining-requests")).toBe("1");
    expect((await ask({}, as(one.secret))).status).toBe(200);
    const third = await ask({}, as(one.secret));
    expect([third.status, third.error.code]).toEqual([429, "rate_limit_exceeded"]);
    expect(Number(third.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(third.headers.get("x-should-retry")).toBeNull();
    await pool().query("UPDATE keys SET requests_per_minute = NULL, max_parallel = 1 WHERE id = $1", [
      one.keyId,
    ]);
    const running = await fetch(`${world.baseUrl}/chat/completions`, {
      method: "POST",
      headers: as(one.secret),
      body: JSON.stringify({ model: "slow-drip", stream: true, messages }),
    });
    expect((await ask({}, as(one.secret))).error).toMatchObject({
      code: "concurrency_limit_exceeded",
      limit_source: "key",
    });
    await running.body?.cancel();
    await until(async () => (await ask({}, as(one.secret))).status === 200);
    await pool().query("UPDATE keys SET max_parallel = NULL, max_request_nano = 1 WHERE id = $1", [
      one.keyId,
    ]);
    expect((await ask({}, as(one.secret))).error).toMatchObject({ code: "request_cost_limit" });
    await pool().query("UPDATE keys SET max_request_nano = NULL, tokens_per_minute = 10 WHERE id = $1", [
      one.keyId,
    ]);
    const never = await ask({}, as(one.secret));
    expect([never.status, never.headers.get("x-should-retry")]).toEqual([429, "false"]);
  });
});

describe("bad input", () => {
  it("is a 400 that names the field, in JSON", async () => {
    const cases: [unknown, string | null][] = [
      ["{", null],
      ["", null],
      [
        '{"model":"ok","messages":[{"role":"user","content":"a"}],"max_tokens":1,"max_tokens":2}',
        "max_tokens",
      ],
      [{ max_tokens: -5 }, "max_tokens"],
      [{ max_tokens: 1e12 }, "max_tokens"],
      [{ n: 1000 }, "n"],
      [{ messages: [] }, "messages"],
    ];
    for (const [body, param] of cases) {
      const { status, error } = await ask(body);
      expect([JSON.stringify(body), status, error.code, error.param]).toEqual([
        JSON.stringify(body),
        400,
        "invalid_request_error",
        param,
      ]);
    }
  });

  it("names what a model cannot do before anything is sent", async () => {
    const picture = [
      { role: "user", content: [{ type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } }] },
    ];
    const before = world.upstream.seen.length;
    expect(await ask({ messages: picture })).toMatchObject({
      status: 400,
      error: { code: "unsupported_capability", param: "messages" },
    });
    expect(
      await ask({ response_format: { type: "json_schema", json_schema: { name: "x", schema: {} } } }),
    ).toMatchObject({ status: 400, error: { code: "unsupported_capability" } });
    expect(world.upstream.seen.length).toBe(before);
    expect((await ask({ model: "seeing", messages: picture })).status).toBe(200);
  });

  it("of 40 MB is a 413 that the caller can read, declared or not", async () => {
    const big = Buffer.alloc(40 * 1_048_576, "a");
    const { status, error } = await ask(big.toString());
    expect([status, error.code]).toEqual([413, "request_too_large"]);
    const stream = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 40; i++) controller.enqueue(big.subarray(0, 1_048_576));
        controller.close();
      },
    });
    const chunked = await fetch(`${world.baseUrl}/chat/completions`, {
      method: "POST",
      headers: as(customer.secret),
      body: stream,
      duplex: "half",
    } as RequestInit);
    expect([chunked.status, (await chunked.json()).error.code]).toEqual([413, "request_too_large"]);
    expect((await ask()).status).toBe(200);
  });

  it("of 20 MB with a picture passes, unchanged", async () => {
    const url = `data:image/png;base64,${"iVBORw0KGgo".repeat(1_800_000)}`;
    const { status } = await ask({
      model: "seeing",
      messages: [{ role: "user", content: [{ type: "image_url", image_url: { url } }] }],
    });
    expect(status).toBe(200);
    const sent = world.upstream.seen.at(-1)?.body.messages[0]?.content as { image_url: { url: string } }[];
    expect(sent[0]?.image_url.url === url).toBe(true);
  });
});

describe("paths, methods and browsers", () => {
  it("answer in JSON with the right URL", async () => {
    for (const path of [
      "/v1/responses/resp_1",
      "/v1/message",
      "/v1/chat/completion",
      "/v2/chat/completions",
      "/nothing",
    ]) {
      const { status, error } = await ask({}, {}, path);
      expect([path, status, error.code, error.base_url]).toEqual([
        path,
        404,
        "not_found",
        "http://localhost:4100/v1",
      ]);
    }
    const got = await fetch(`${world.baseUrl}/chat/completions`, { headers: as(customer.secret) });
    expect([got.status, (await got.json()).error.message]).toEqual([
      404,
      "This address takes POST, not GET.",
    ]);
    expect((await fetch(world.baseUrl)).status).toBe(200);
    expect((await fetch(world.baseUrl.replace("/v1", "/healthz"))).status).toBe(200);
    expect((await fetch(world.baseUrl.replace("/v1", "/readyz"))).status).toBe(200);
    expect((await fetch(world.baseUrl.replace("/v1", "/metrics"))).status).toBe(401);
  });

  it("get a preflight answered without a key, echoing what they want to send", async () => {
    const response = await fetch(`${world.baseUrl}/chat/completions`, {
      method: "OPTIONS",
      headers: {
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,x-stainless-os",
      },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(response.headers.get("access-control-allow-headers")).toBe("authorization,x-stainless-os");
    expect((await ask({}, as("wrong"))).headers.get("access-control-allow-origin")).toBe("*");
  });

  it("read one object for a model that serves every client", async () => {
    const model = await (await fetch(`${world.baseUrl}/models/ok`, { headers: as(customer.secret) })).json();
    expect(model).toMatchObject({
      id: "ok",
      object: "model",
      created: expect.any(Number),
      name: "ok",
      display_name: "ok",
      context_length: 128_000,
      contextWindowTokens: 128_000,
      functionCall: true,
      vision: false,
      architecture: { input_modalities: ["text"] },
      pricing: { prompt: "0.000001", completion: "0.000002", input: 1, output: 2 },
    });
    const broke = await world.customer(0n);
    expect((await fetch(`${world.baseUrl}/models`, { headers: as(broke.secret) })).status).toBe(200);
  });
});

describe("the wire", () => {
  function raw(text: string): Promise<string> {
    const { hostname, port } = new URL(world.baseUrl);
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => socket.write(text));
      let answer = "";
      socket.setTimeout(3_000, () => socket.destroy());
      socket.on("data", (chunk) => {
        answer += chunk;
      });
      socket.on("close", () => resolve(answer));
      socket.on("error", reject);
    });
  }

  it("refuses what could be read in two ways, with a JSON 400 and an id", async () => {
    const start = "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\n";
    const probes = [
      `${start}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
      `${start}content-length: 5\r\ncontent-length: 6\r\n\r\nhello`,
      `${start}transfer-encoding: xchunked\r\n\r\n0\r\n\r\n`,
      `${start}content-length : 5\r\n\r\nhello`,
      `${start}a: b\r\n c: d\r\ncontent-length: 0\r\n\r\n`,
      "POST /v1/chat/completions HTTP/1.1\nhost: x\n\n",
      `${start}transfer-encoding: identity, chunked\r\nconnection: close\r\n\r\n0\r\n\r\n`,
      `${start}transfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
      `${start}transfer-encoding: chunked\r\ntransfer-encoding: identity\r\n\r\n0\r\n\r\n`,
      `${start}content-length: 5, 5\r\n\r\nhello`,
      `${start}content-length: -1\r\n\r\nhello`,
      `${start}content-length: 0x5\r\n\r\nhello`,
      `${start}transfer-encoding: chunked\r\n\r\nZZ\r\nhello\r\n0\r\n\r\n`,
      `${start}host: y\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
      "GET /v1/models HTTP/1.1\r\n\r\n",
      "NONSENSE\r\n\r\n",
      "CONNECT example.com:443 HTTP/1.1\r\nhost: x\r\n\r\n",
    ];
    for (const probe of probes) {
      const answer = await raw(probe);
      expect([probe, answer.slice(0, 12)]).toEqual([probe, "HTTP/1.1 400"]);
    }
    expect(await raw(probes[0] ?? "")).toMatch(/x-request-id: req_[\s\S]*"invalid_request_error"/);
  });

  it("refuses the same credential header twice", async () => {
    const answer = await raw(
      `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer a\r\nauthorization: Bearer ${customer.secret}\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 400[\s\S]*authorization comes twice/);
  });

  it("answers a WebSocket upgrade with 426", async () => {
    const answer = await raw(
      "GET /v1/responses HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    );
    expect(answer).toMatch(/^HTTP\/1.1 426[\s\S]*websocket_unsupported/);
  });
});

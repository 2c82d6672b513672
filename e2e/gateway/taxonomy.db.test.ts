import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FAULT_FACES, type FaultFace } from "@/e2e/gateway/fault-faces";
import {
  type Customer,
  callRows,
  type GatewayWorld,
  ledger,
  openHolds,
  startWorld,
  until,
} from "@/e2e/gateway/world";
import { pool } from "@/lib/db";
import { env } from "@/lib/env";
import type { GatewayErrorCode } from "@/lib/gateway/dialects/errors";
import { type RunningGateway, startGateway } from "@/lib/gateway/start-gateway";
import { parsePeppers } from "@/lib/keys/token";

let world: GatewayWorld;
let broken: RunningGateway;

beforeAll(async () => {
  world = await startWorld(["ok", "slow-drip"], { firstByteTimeoutMs: 3_000, idleTimeoutMs: 3_000 });
  broken = await startGateway({
    pool: world.gateway.services.pool,
    ledger: { ...ledger, reserve: () => Promise.reject(new Error("secret fault of ours")) },
    peppers: parsePeppers(env().TOLLGATE_KEY_PEPPER),
    publicUrl: "http://localhost:3000",
    publicApiUrl: "http://localhost:4100",
    host: "127.0.0.1",
    port: 0,
  });
});
afterAll(async () => {
  await broken.stop({ noticeMs: 0, graceMs: 500 });
  await world.stop();
});

interface State {
  code: GatewayErrorCode;
  /** SQL that brings a customer there: `$1` is the workspace, or the key. */
  sql: { of: "workspace" | "key"; text: string };
  extra?: object;
  /** Whether a time is told from which on it would go. */
  until?: true;
  status: Record<FaultFace["name"], number>;
}
const all = (status: number) => ({ chat: status, completions: status, responses: status, messages: status });
const MONEY = { chat: 403, completions: 403, responses: 429, messages: 402 };

const STATES: Record<string, State> = {
  "a frozen account": {
    code: "account_frozen",
    sql: {
      of: "workspace",
      text: "UPDATE wallets SET frozen_at = now(), frozen_reason = 'test' WHERE workspace_id = $1",
    },
    status: all(403),
  },
  "a budget of a day that is used up": {
    code: "insufficient_quota",
    sql: { of: "key", text: "UPDATE keys SET period = 'day', period_budget_nano = 1 WHERE id = $1" },
    extra: { limit_source: "key", limit: "key_period", resets_at: expect.stringMatching(/T00:00:00/) },
    until: true,
    status: MONEY,
  },
  "a cap per request": {
    code: "request_cost_limit",
    sql: { of: "key", text: "UPDATE keys SET max_request_nano = 1 WHERE id = $1" },
    extra: { limit_source: "key" },
    status: all(403),
  },
  "a model that the key may not use": {
    code: "model_not_allowed",
    sql: { of: "key", text: "UPDATE keys SET models = '{slow-drip}' WHERE id = $1" },
    status: all(403),
  },
  "a paused key": {
    code: "api_key_disabled",
    sql: { of: "key", text: "UPDATE keys SET paused_at = now() WHERE id = $1" },
    status: all(401),
  },
  "an expired key": {
    code: "api_key_expired",
    sql: { of: "key", text: "UPDATE keys SET expires_at = now() WHERE id = $1" },
    status: all(401),
  },
  "too many tokens a minute for ever": {
    code: "rate_limit_exceeded",
    sql: { of: "key", text: "UPDATE keys SET tokens_per_minute = 10 WHERE id = $1" },
    extra: { limit_source: "key" },
    status: all(429),
  },
};

async function send(face: FaultFace, who: Customer, baseUrl = world.baseUrl, stream = false) {
  const response = await fetch(`${baseUrl}${face.path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${who.secret}` },
    body: JSON.stringify(face.body("ok", stream)),
  });
  return { response, text: await response.text() };
}

describe.each(FAULT_FACES)("a caller of $name", (face) => {
  it.each(Object.entries(STATES))("is told of %s, plain and streamed", async (_what, state) => {
    const who = await world.customer();
    const { sql } = state;
    await pool().query(sql.text, [sql.of === "key" ? who.keyId : who.workspaceId]);
    await pool().query("SELECT pg_notify('tollgate_keys', $1)", [who.keyId]);
    const before = world.upstream.seen.length;
    for (const stream of [false, true]) {
      const { response, text } = await send(face, who, world.baseUrl, stream);
      const error = face.plainError(text);
      expect(error).toMatchObject({ code: state.code, ...state.extra });
      expect(response.status).toBe(state.status[face.name]);
      expect(response.headers.get("x-request-id")).toBe(error.request_id);
      expect(response.headers.get("x-should-retry")).toBe("false");
      const after = response.headers.get("retry-after");
      if (state.until) expect(Number(after)).toBeGreaterThan(0);
      else expect(after).toBeNull();
    }
    expect(world.upstream.seen.length).toBe(before);
    expect((await callRows(who.workspaceId)).every((row) => row.cost_nano === 0n)).toBe(true);
  });

  it("is told to wait by a limit a minute, and what is left by each answer", async () => {
    const who = await world.customer();
    await pool().query("UPDATE keys SET requests_per_minute = 1 WHERE id = $1", [who.keyId]);
    const first = await send(face, who);
    const rate = (name: string) => first.response.headers.get(`x-ratelimit-${name}-requests`);
    expect([first.response.status, rate("limit"), rate("remaining")]).toEqual([200, "1", "0"]);
    expect(rate("reset")).toMatch(/^\d+s$/);
    const { response, text } = await send(face, who);
    expect([response.status, face.plainError(text).code]).toEqual([429, "rate_limit_exceeded"]);
    expect(response.headers.get("x-should-retry")).toBeNull();
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  it("is not told of a fault of ours, and nothing is forwarded", async () => {
    const who = await world.customer();
    const before = world.upstream.seen.length;
    for (const stream of [false, true]) {
      const { response, text } = await send(face, who, `http://127.0.0.1:${broken.port}/v1`, stream);
      const error = face.plainError(text);
      expect(response.status).toBe(face.status(error.code));
      expect(response.status).toBeGreaterThanOrEqual(500);
      expect(text).not.toContain("secret fault");
      expect(response.headers.get("x-should-retry")).toBeNull();
    }
    expect(world.upstream.seen.length).toBe(before);
    await until(async () => (await openHolds()) === 0);
  });
});

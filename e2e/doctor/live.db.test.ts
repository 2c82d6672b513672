import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Customer, type GatewayWorld, startWorld, until } from "@/e2e/gateway/world";
import type { Ctx } from "@/lib/actor";
import { runCli } from "@/lib/cli/run-cli";
import { pool } from "@/lib/db";
import { checkLive } from "@/lib/doctor/check-live";
import { findKeyCalls } from "@/lib/doctor/find-key-calls";
import { LIVE_STEPS } from "@/lib/doctor/live-steps";
import { sendGuarded } from "@/lib/doctor/send-guarded";
import { forgetEnv } from "@/lib/env";
import { newId } from "@/lib/ids";
import { refusal } from "@/lib/keys/test-workspace";

let world: GatewayWorld;
let customer: Customer;
const before = process.env.PUBLIC_API_URL;

beforeAll(async () => {
  world = await startWorld(["ok", "plain-for-stream"]);
  process.env.PUBLIC_API_URL = world.baseUrl.replace(/\/v1$/, "");
  forgetEnv();
  customer = await world.customer();
});
afterAll(async () => {
  await world.stop();
  if (before === undefined) delete process.env.PUBLIC_API_URL;
  else process.env.PUBLIC_API_URL = before;
  forgetEnv();
});

const visitor = (ip: string): Ctx => ({
  actor: { kind: "system", job: "visitor" },
  workspaceId: "",
  requestId: newId("req"),
  ip,
});
const cli: Ctx = { actor: { kind: "cli" }, workspaceId: "", requestId: newId("req") };

async function run(...args: string[]) {
  const said = { out: "", err: "" };
  const code = await runCli(["doctor", ...args], {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    read: async () => `${customer.secret}\n`,
  });
  return { code, ...said };
}

describe("a live check", () => {
  it("finds models, an answer and a stream with a key that works", async () => {
    for (const step of LIVE_STEPS) {
      const result = await checkLive(cli, { step, key: customer.secret, model: "ok" });
      expect(result).toMatchObject({
        ok: true,
        cause: `ok_${step}`,
        requestId: expect.stringMatching(/^req_/),
      });
    }
  });

  it.each([
    ["revoked", "UPDATE keys SET revoked_at = now() WHERE id = $1", "key_invalid"],
    ["expired", "UPDATE keys SET expires_at = now() - interval '1 hour' WHERE id = $1", "key_expired"],
    ["paused", "UPDATE keys SET paused_at = now() WHERE id = $1", "key_paused"],
    [
      "for another address",
      "UPDATE keys SET ip_ranges = '{203.0.113.0/24}' WHERE id = $1",
      "address_refused",
    ],
  ])("names a key that is %s", async (_what, sql, cause) => {
    const other = await world.customer();
    await pool().query(sql, [other.keyId]);
    expect(await checkLive(cli, { step: "models", key: other.secret })).toMatchObject({ ok: false, cause });
  });

  it("names an unknown model with the nearest, and missing credit", async () => {
    const key = customer.secret;
    expect(await checkLive(cli, { step: "models", key, model: "plain-for-streams" })).toMatchObject({
      cause: "model_unknown",
      values: { near: expect.stringContaining("plain-for-stream") },
    });
    const poor = await world.customer(0n);
    expect(await checkLive(cli, { step: "call", key: poor.secret, model: "ok" })).toMatchObject({
      cause: "no_credit",
    });
  });

  it("goes nowhere but to our own address, and to no forbidden one", async () => {
    const heard = await sendGuarded(
      "http://169.254.169.254",
      "sk-tg-x",
    )({ method: "GET", path: "/latest/meta-data" });
    expect(heard).toEqual({ kind: "silence", why: "network" });
    expect(await refusal(checkLive(cli, { step: "models", key: "a\r\nHost: b" }))).toMatch(/^ZodError/);
  });

  it("is slowed down by address, and no other address with it", async () => {
    await pool().query(
      "INSERT INTO throttles (subject, failures, window_start, blocked_until) VALUES ('doctor:ip:198.51.100.7', 30, now(), now() + interval '1 minute')",
    );
    const input = { step: "models", key: customer.secret } as const;
    expect(await refusal(checkLive(visitor("198.51.100.7"), input))).toMatch(/^too_many/);
    expect(await checkLive(visitor("198.51.100.8"), input)).toMatchObject({ ok: true });
  });
});

describe("the command", () => {
  it("ends with 0 where everything is right, and never repeats the key", async () => {
    const { code, out } = await run("--url", world.baseUrl, "--key", "-", "--model", "ok");
    expect([code, out]).toEqual([0, expect.stringContaining("Everything is right.")]);
    expect(out).not.toContain(customer.secret.slice(8, 40));
  });

  it("ends with 1 on a fault, by text or by call, and names it", async () => {
    const endpoint = await run("--url", `${world.baseUrl}/chat/completions`, "--key", customer.secret);
    expect(endpoint).toMatchObject({ code: 1, out: expect.stringContaining("one endpoint, not the root") });
    const foreign = await run("--url", world.baseUrl, "--key", "sk-ant-api03-0123456789abcdef");
    expect(foreign).toMatchObject({ code: 1, out: expect.stringContaining("Anthropic") });
    const unknown = await run("--url", world.baseUrl, "--key", customer.secret, "--model", "okk", "--json");
    expect(unknown.code).toBe(1);
    expect(JSON.parse(unknown.out)).toMatchObject({
      ok: false,
      faults: [{ cause: "model_unknown", fixed: "ok" }],
    });
  });
});

describe("the watcher", () => {
  it("sees what arrived with a key, a wrong path included, and nothing of another workspace's", async () => {
    const mine = await world.customer();
    const ctx: Ctx = { ...cli, workspaceId: mine.workspaceId };
    const { nowMs, calls } = await findKeyCalls(ctx, { keyId: mine.keyId, sinceMs: null });
    expect(calls).toEqual([]);
    const send = (path: string, model: string) =>
      fetch(`${world.baseUrl.replace(/\/v1$/, "")}${path}`, {
        method: "POST",
        headers: { authorization: `Bearer ${mine.secret}`, "content-type": "application/json" },
        body: JSON.stringify({ model, messages: [{ role: "user", content: "hi" }] }),
      });
    await send("/v3/chat", "ok");
    await send("/v1/chat/completions", "nope");
    await send("/v1/chat/completions", "ok");
    const seen = async () => (await findKeyCalls(ctx, { keyId: mine.keyId, sinceMs: nowMs - 1 })).calls;
    await until(async () => (await seen()).length === 3);
    const found = (await seen()).map(({ errorCode, askedModel, modelId }) => [
      errorCode,
      askedModel,
      modelId,
    ]);
    expect(found).toContainEqual(["not_found", "POST /v3/chat", null]);
    expect(found).toContainEqual(["model_not_found", "nope", null]);
    expect(found).toContainEqual([null, null, "ok"]);
    const stranger: Ctx = { ...cli, workspaceId: customer.workspaceId };
    expect(await refusal(findKeyCalls(stranger, { keyId: mine.keyId, sinceMs: null }))).toMatch(/^not_found/);
  });
});

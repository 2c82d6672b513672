import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerWell, json } from "@/e2e/fakes/upstream";
import { type Customer, callRows, type GatewayWorld, startWorld, until, wallet } from "@/e2e/gateway/world";
import type { Ctx } from "@/lib/actor";
import { addAlias } from "@/lib/catalog/add-alias";
import { addConnection } from "@/lib/catalog/add-connection";
import { addModel } from "@/lib/catalog/add-model";
import { addRoute } from "@/lib/catalog/add-route";
import { pool } from "@/lib/db";
import { newId } from "@/lib/ids";

const ctx: Ctx = { actor: { kind: "cli" }, workspaceId: "", requestId: newId("req") };
let world: GatewayWorld;
let who: Customer;

beforeAll(async () => {
  world = await startWorld(["ok", "status-500", "status-401", "hang-before", "slow-plain"], {
    firstByteTimeoutMs: 1_000,
    plainTimeoutMs: 3_000,
  });
  who = await world.customer();
  const { upstream } = world;
  await addConnection(ctx, {
    name: "second",
    kind: "openai-compatible",
    url: upstream.url,
    allowPrivate: true,
  });
  for (const model of ["status-500", "status-401", "hang-before"])
    await addRoute(ctx, { model, connection: "second", upstreamId: "ok", priority: 1 });
  // A generation that is not streamed says nothing until it is complete.
  upstream.scripts["slow-plain"] = async (scripted) => {
    await pause(1_700);
    await answerWell(scripted);
  };
  await addConnection(ctx, {
    name: "azure",
    kind: "azure",
    url: `${upstream.url.replace("/v1", "")}/openai/deployments/ok?api-version=2024-10-21`,
    key: "azure-secret-key",
    allowPrivate: true,
  });
  await refresh();
});
afterAll(() => world.stop());

const refresh = () => world.gateway.services.catalog.refresh();
const bearer = () => ({ authorization: `Bearer ${who.secret}` });

async function ask(model: string, more: object = {}, path = "chat/completions") {
  const response = await fetch(`${world.baseUrl}/${path}`, {
    method: "POST",
    headers: bearer(),
    body: JSON.stringify({ model, max_tokens: 50, messages: [{ role: "user", content: "hi" }], ...more }),
    signal: AbortSignal.timeout(10_000),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
async function get(path: string, headers: Record<string, string> = bearer(), method = "GET") {
  const response = await fetch(`${world.baseUrl.replace("/v1", "")}${path}`, { method, headers });
  const text = await response.text();
  return { status: response.status, text, body: text === "" ? null : JSON.parse(text) };
}
async function rowOf(requestId: string | null) {
  const { rows } = await pool().query("SELECT * FROM usage.calls WHERE request_id = $1", [requestId]);
  return rows[0];
}

describe("falling back", () => {
  it.each(["status-500", "status-401", "hang-before"])("from %s, and the row tells", async (model) => {
    for (const stream of [true, false]) {
      const { status, headers, text } = await ask(model, { stream });
      expect([status, text]).toEqual([200, expect.stringContaining("Hello")]);
      const row = await rowOf(headers.get("x-request-id"));
      expect(row).toMatchObject({ outcome: "ok", fallbacks: 1, model_id: model });
      const { rows } = await pool().query("SELECT name FROM connections WHERE id = $1", [row.connection_id]);
      expect(rows[0].name).toBe("second");
      const kind = model === "hang-before" ? "timeout" : "http";
      expect(row.attempts.map((one: { kind: string }) => one.kind)).toEqual(
        model === "status-500" ? [kind, kind] : [kind],
      );
    }
  });

  it("leaves a route alone that keeps failing, while the other serves", async () => {
    for (let i = 0; i < 4; i++) await ask("status-500");
    const before = world.upstream.asked("status-500");
    for (let i = 0; i < 5; i++) expect((await ask("status-500")).status).toBe(200);
    expect(world.upstream.asked("status-500")).toBe(before);
    const metrics = await (
      await fetch(`${world.baseUrl.replace("/v1", "")}/metrics`, {
        headers: { authorization: "Bearer metrics-token" },
      })
    ).text();
    expect(metrics).toMatch(
      /tollgate_route_breaker\{route="rou_\w+",connection="fake",upstream_model="status-500"\} 2/,
    );
    expect(metrics).toMatch(/tollgate_alerts_total\{alert="upstream_route_open"\} [1-9]/);
    expect(metrics).toMatch(/tollgate_alerts_total\{alert="upstream_key_refused"\} [1-9]/);
  });

  it("never refuses a call unasked because its only route fails", async () => {
    await pool().query(
      "UPDATE routes SET enabled = false WHERE upstream_id = 'ok' AND model_id = 'status-500'",
    );
    await refresh();
    const before = world.upstream.asked("status-500");
    for (let i = 0; i < 4; i++) expect((await ask("status-500")).status).toBe(503);
    expect(world.upstream.asked("status-500")).toBeGreaterThan(before + 3);
  });
});

describe("deadlines", () => {
  it("give a plain generation its own time to begin", async () => {
    expect((await ask("slow-plain")).status).toBe(200);
    // A stream that takes as long to begin has hung.
    expect((await ask("slow-plain", { stream: true })).status).toBe(504);
  });

  it("let a model that reasons be silent for longer", async () => {
    await pool().query("UPDATE models SET reasoning = true WHERE id = 'slow-plain'");
    await refresh();
    expect((await ask("slow-plain", { stream: true })).status).toBe(200);
    await pool().query("UPDATE models SET reasoning = false WHERE id = 'slow-plain'");
    await refresh();
    expect((await ask("slow-plain", { stream: true })).status).toBe(504);
  });
});

describe("Azure", () => {
  it("is asked at the deployment, with its version and key", async () => {
    await addModel(ctx, {
      id: "on-azure",
      connection: "azure",
      upstreamId: "ok",
      inputUsdPerMillion: "1",
      outputUsdPerMillion: "1",
      contextTokens: 1_000,
    });
    await refresh();
    world.upstream.seen.length = 0;
    expect((await ask("on-azure")).status).toBe(200);
    const [sent] = world.upstream.seen;
    expect(sent?.path).toBe("/openai/deployments/ok/chat/completions?api-version=2024-10-21");
    expect(sent?.headers["api-key"]).toBe("azure-secret-key");
    expect(sent?.headers.authorization).toBeUndefined();
  });

  it("without the deployment is the operator's fault, by its own name", async () => {
    world.upstream.scripts.gone = ({ res }) =>
      json(res, 404, '{"error":{"code":"DeploymentNotFound","message":"The API deployment does not exist"}}');
    await addModel(ctx, {
      id: "gone",
      connection: "azure",
      upstreamId: "gone",
      inputUsdPerMillion: "1",
      outputUsdPerMillion: "1",
      contextTokens: 1_000,
    });
    await refresh();
    const { status, text } = await ask("gone");
    expect([status, text]).toEqual([503, expect.not.stringContaining("Deployment")]);
    const alerts = await world.gateway.services.metrics.alerts.get();
    expect(alerts.values.find(({ labels }) => labels.alert === "upstream_deployment_unknown")?.value).toBe(1);
  });
});

describe("an alias", () => {
  it("becomes a call to one of its models, at that model's price, also for a key that may use only the alias", async () => {
    const dear = { inputUsdPerMillion: "50", outputUsdPerMillion: "50", contextTokens: 9_000 };
    await addModel(ctx, { id: "dear", connection: "fake", upstreamId: "ok", vision: true, ...dear });
    await addAlias(ctx, { id: "auto", models: ["dear", "ok"], strategy: "cheapest" });
    await refresh();
    await pool().query("UPDATE keys SET models = '{auto}' WHERE id = $1", [who.keyId]);
    world.gateway.services.keys.cache.drop(who.keyId);
    const cheap = await ask("auto");
    expect(cheap.status).toBe(200);
    expect(await rowOf(cheap.headers.get("x-request-id"))).toMatchObject({
      model_id: "ok",
      asked_model: "auto",
      // 10 tokens in at $1 and 5 out at $2 per million.
      cost_nano: 20_000n,
    });
    // Only the dear one can see.
    const image = { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw0KGgo=" } };
    const seeing = await ask("auto", { messages: [{ role: "user", content: [image] }] });
    expect(await rowOf(seeing.headers.get("x-request-id"))).toMatchObject({ model_id: "dear" });
    expect((await ask("dear")).status).toBe(403);
    const { body } = await get("/v1/models");
    expect(body.data.map(({ id }: { id: string }) => id)).toEqual(["auto"]);
    await pool().query("UPDATE keys SET models = '{}' WHERE id = $1", [who.keyId]);
    world.gateway.services.keys.cache.drop(who.keyId);
  });

  it("that goes for speed follows what was measured", async () => {
    world.upstream.scripts.slow = async (scripted) => {
      await pause(400);
      await answerWell(scripted);
    };
    const price = { inputUsdPerMillion: "1", outputUsdPerMillion: "1", contextTokens: 9_000 };
    await addModel(ctx, { id: "slow", connection: "second", upstreamId: "slow", ...price });
    await addModel(ctx, { id: "quick", connection: "second", upstreamId: "ok", ...price });
    await addAlias(ctx, { id: "speedy", models: ["slow", "quick"], strategy: "fastest" });
    await refresh();
    const models: string[] = [];
    for (let i = 0; i < 6; i++) {
      const { headers } = await ask("speedy", { stream: true });
      models.push((await rowOf(headers.get("x-request-id"))).model_id);
    }
    // Each is measured once.
    expect(models).toEqual(["slow", "quick", "quick", "quick", "quick", "quick"]);
  });
});

describe("a call that names no model, or cannot be read", () => {
  it("leaves a row that says what was asked, and sums that do not grow with it", async () => {
    const other = await world.customer();
    const send = (body: string, secret = other.secret) =>
      fetch(`${world.baseUrl}/chat/completions`, {
        method: "POST",
        headers: { authorization: `Bearer ${secret}` },
        body,
      });
    const ids = ["gpt-9", "okk", "x".repeat(500), 'quote"\\, (brace) {a,b} \u0000 null', "ünï\u{1f600}"];
    for (const model of ids) {
      const response = await send(JSON.stringify({ model, messages: [{ role: "user", content: "hi" }] }));
      expect([model, response.status]).toEqual([model, 404]);
      await response.body?.cancel();
    }
    for (const body of ["{not json", "[]", '{"model":"ok"}', ""]) expect((await send(body)).status).toBe(400);
    await until(async () => (await callRows(other.workspaceId)).length === 9);
    const { rows } = await pool().query(
      "SELECT * FROM usage.calls WHERE workspace_id = $1 ORDER BY started_at, request_id",
      [other.workspaceId],
    );
    expect(rows.slice(0, 5).map((row) => [row.outcome, row.error_code, row.model_id])).toEqual(
      ids.map(() => ["refused", "model_not_found", "(unknown)"]),
    );
    expect(rows.map((row) => row.asked_model).slice(0, 5)).toEqual([
      "gpt-9",
      "okk",
      "x".repeat(200),
      'quote"\\, (brace) {a,b} \ufffd null',
      "ünï\u{1f600}",
    ]);
    expect(rows.slice(5).every((row) => row.error_code === "invalid_request_error")).toBe(true);
    expect(rows.every((row) => row.cost_nano === 0n && row.http_status >= 400)).toBe(true);
    const { rows: sums } = await pool().query(
      "SELECT model_id, sum(calls) AS calls FROM usage_rollups WHERE workspace_id = $1 GROUP BY model_id",
      [other.workspaceId],
    );
    expect(sums.map(({ model_id }) => model_id).sort()).toEqual(["(unknown)", "ok"].slice(0, sums.length));
  });

  it("keeps no key that somebody put where a model's name or a path belongs", async () => {
    const other = await world.customer();
    const headers = { authorization: `Bearer ${other.secret}` };
    const misplaced = JSON.stringify({ model: other.secret, messages: [{ role: "user", content: "hi" }] });
    const long = JSON.stringify({
      model: `${"x".repeat(180)}${other.secret}`,
      messages: [{ role: "user", content: "hi" }],
    });
    for (const body of [misplaced, long]) {
      await (await fetch(`${world.baseUrl}/chat/completions`, { method: "POST", headers, body })).text();
    }
    await (await fetch(`${world.baseUrl}/${other.secret}`, { method: "POST", headers, body: "{}" })).text();
    await until(async () => (await callRows(other.workspaceId)).length === 3);
    const { rows } = await pool().query("SELECT c::text AS row FROM usage.calls c WHERE workspace_id = $1", [
      other.workspaceId,
    ]);
    for (const { row } of rows) expect(row).not.toContain(other.secret.slice(0, 20));
  });
});

describe("GET /v1/generation", () => {
  it("tells a call's cost to the key that made it, right after it", async () => {
    const { headers } = await ask("ok", { stream: true });
    const id = headers.get("x-request-id") ?? "";
    const { status, body } = await get(`/v1/generation?id=${id}`);
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      id,
      model: "ok",
      streamed: true,
      cancelled: false,
      finish_reason: "stop",
      total_cost: 0.00002,
      cost_usd: "0.00002",
      tokens_prompt: 10,
      tokens_completion: 5,
      native_tokens_cached: 0,
      api_type: "chat",
      outcome: "ok",
      measured: true,
      tokens: { input: 10, output: 5 },
    });
    const other = await world.customer();
    const stranger = { authorization: `Bearer ${other.secret}` };
    const missing = [
      await get(`/v1/generation?id=${id}`, stranger),
      await get("/v1/generation?id=req_0000000000000000000000"),
      await get("/v1/generation?id=' OR 1=1"),
      await get(`/v1/generation?id=${"x".repeat(5_000)}`),
    ];
    for (const answer of missing) expect([answer.status, answer.body.error.code]).toEqual([404, "not_found"]);
    expect((await get("/v1/generation")).status).toBe(400);
    expect((await get(`/v1/generation?id=${id}`, {})).status).toBe(401);
  });
});

describe("prices, lists and limits", () => {
  it("are published in new-api's terms, from which LobeHub gets our price back", async () => {
    for (const headers of [{}, bearer()]) {
      const { status, body } = await get("/api/pricing", headers);
      expect([status, body.success]).toEqual([200, true]);
      const dear = body.data.find((entry: { model_name: string }) => entry.model_name === "dear");
      expect(dear).toMatchObject({
        quota_type: 0,
        model_price: 0,
        model_ratio: 25,
        completion_ratio: 1,
        supported_endpoint_types: ["openai"],
      });
      const ok = body.data.find((entry: { model_name: string }) => entry.model_name === "ok");
      expect([ok.model_ratio * 2, ok.model_ratio * 2 * ok.completion_ratio]).toEqual([1, 2]);
    }
  });

  it("list models in a shape for each client", async () => {
    const plain = await get("/v1/models");
    expect(plain.body).toMatchObject({ object: "list", has_more: false });
    expect(plain.body.first_id).toBe(plain.body.data[0].id);
    expect(plain.body.last_id).toBe(plain.body.data.at(-1).id);
    const auto = plain.body.data.find((model: { id: string }) => model.id === "auto");
    expect(auto).toMatchObject({ type: "chat", object: "model", alias_of: ["dear", "ok"], vision: true });
    const claude = await get("/v1/models?limit=1000", { ...bearer(), "anthropic-version": "2023-06-01" });
    expect(claude.body.data[0]).toMatchObject({ type: "model", created_at: expect.any(String) });
    expect(plain.body.models).toBeUndefined();
    const codex = await get("/v1/models?client_version=0.169.0");
    expect(codex.body.models[0]).toMatchObject({ slug: plain.body.first_id, supported_in_api: true });
    await addModel(ctx, {
      id: "org/team/claude-x:free",
      connection: "fake",
      upstreamId: "ok",
      inputUsdPerMillion: "0",
      outputUsdPerMillion: "0",
      contextTokens: 1_000,
    });
    await refresh();
    for (const path of ["org/team/claude-x:free", encodeURIComponent("org/team/claude-x:free")]) {
      expect((await get(`/v1/models/${path}`)).body.id).toBe("org/team/claude-x:free");
      expect(await get(`/v1/models/${path}`, bearer(), "HEAD")).toMatchObject({ status: 200, text: "" });
    }
    expect((await get("/v1/models/auto")).body.id).toBe("auto");
    expect((await get("/v1/models/nope")).status).toBe(404);
  });

  it("show a key its limits and its money, in OpenRouter's fields too", async () => {
    const { workspaceId } = who;
    const spent = (await callRows(workspaceId)).reduce((sum, row) => sum + row.cost_nano, 0n);
    const key = (await get("/v1/key")).body.data;
    expect(key).toMatchObject({
      limit: null,
      limit_remaining: null,
      limit_reset: null,
      is_free_tier: false,
      is_management_key: false,
      rate_limit: { requests: -1 },
    });
    for (const field of ["usage", "usage_daily", "usage_weekly", "usage_monthly"])
      expect([field, Math.round(key[field] * 1e9)]).toEqual([field, Number(spent)]);
    const credits = (await get("/v1/credits")).body.data;
    const { balance } = await wallet(workspaceId);
    expect(credits.total_credits).toBe(10);
    expect(Math.round((credits.total_credits - credits.total_usage) * 1e9)).toBe(Number(balance));
    await pool().query(
      "UPDATE keys SET total_budget_nano = 5000000000, period_budget_nano = 2000000000, period = 'week' WHERE id = $1",
      [who.keyId],
    );
    const limited = (await get("/v1/key")).body.data;
    expect(limited).toMatchObject({ limit: 2, limit_reset: "weekly" });
    expect(limited.limit_remaining).toBeLessThanOrEqual(2);
  });
});

describe("a plain answer that never comes", () => {
  it("ends at the deadline for plain answers", async () => {
    world.upstream.scripts.never = () => undefined;
    await addModel(ctx, {
      id: "never",
      connection: "fake",
      upstreamId: "never",
      inputUsdPerMillion: "1",
      outputUsdPerMillion: "1",
      contextTokens: 1_000,
    });
    await refresh();
    const startMs = performance.now();
    expect((await ask("never")).status).toBe(504);
    expect(performance.now() - startMs).toBeGreaterThan(2_900);
    expect(performance.now() - startMs).toBeLessThan(9_000);
  });
});

import { request as httpRequest } from "node:http";
import { gzipSync } from "node:zlib";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WORDS } from "@/e2e/fakes/upstream";
import {
  type Customer,
  callRows,
  type GatewayWorld,
  openHolds,
  startWorld,
  until,
  wallet,
} from "@/e2e/gateway/world";

const MODELS = [
  "ok",
  "no-usage",
  "tools",
  "double-usage",
  "usage-in-every-chunk",
  "gzip",
  "crlf",
  "split",
  "no-done",
  "plain-for-stream",
  "empty",
  "flaky",
  "slow-drip",
  "zero-usage",
  "absurd-usage",
];
const TEXT = WORDS.join("");
let world: GatewayWorld;
let customer: Customer;
let client: OpenAI;

beforeAll(async () => {
  world = await startWorld(MODELS);
  customer = await world.customer();
  client = new OpenAI({ baseURL: world.baseUrl, apiKey: customer.secret, maxRetries: 0 });
});
afterAll(() => world.stop());

const ask = (body: object, headers: Record<string, string> = {}) =>
  fetch(`${world.baseUrl}/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${customer.secret}`, "content-type": "application/json", ...headers },
    body: JSON.stringify({ model: "ok", messages: [{ role: "user", content: "hi" }], ...body }),
  });
const lastRow = async (who = customer) => (await callRows(who.workspaceId)).at(-1);

describe("a plain call", () => {
  it("answers as the upstream does, and costs what it used, to the nano", async () => {
    const before = await wallet(customer.workspaceId);
    const response = await ask({});
    expect(response.status).toBe(200);
    expect((await response.json()).choices[0].message.content).toBe(TEXT);
    // 10 input tokens at $1 and 5 output tokens at $2 per million.
    expect(response.headers.get("x-request-cost")).toBe("0.00002");
    expect(response.headers.get("x-request-id")).toMatch(/^req_/);
    expect(response.headers.get("x-upstream-secret")).toBeNull();
    const after = await wallet(customer.workspaceId);
    expect([before.balance - after.balance, after.reserved]).toEqual([20_000n, 0n]);
    expect(await lastRow()).toMatchObject({
      request_id: response.headers.get("x-request-id"),
      outcome: "ok",
      http_status: 200,
      input_tokens: 10n,
      output_tokens: 5n,
      cost_nano: 20_000n,
      measured: true,
      streamed: false,
    });
  });

  it("passes the body through but for what must change", async () => {
    const raw = `{"messages":[{"role":"user","content":"h\\u00e9"}],  "seed": 12345678901234567890,"model":"ok","unknown":{"a":[1e400]}}`;
    await fetch(`${world.baseUrl}/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${customer.secret}`, "x-secret-of-client": "1", cookie: "a=b" },
      body: raw,
    });
    const seen = world.upstream.seen.at(-1);
    expect(seen?.raw).toBe(raw);
    expect(seen?.headers).toMatchObject({ authorization: "Bearer sk-upstreamsecret1", "x-team": "blue" });
    expect(seen?.headers).not.toHaveProperty("x-secret-of-client");
    expect(seen?.headers).not.toHaveProperty("cookie");
  });

  it("takes the key in any of three headers, and a path with or without /v1", async () => {
    const body = JSON.stringify({ model: "ok", messages: [{ role: "user", content: "hi" }] });
    const ways: Record<string, string>[] = [
      { "x-api-key": customer.secret },
      { "api-key": customer.secret },
      { authorization: customer.secret },
    ];
    for (const headers of ways) {
      for (const path of ["/v1/chat/completions", "/chat/completions", "/v1/v1/chat/completions"]) {
        const response = await fetch(world.baseUrl.replace(/\/v1$/, path), {
          method: "POST",
          headers,
          body,
        });
        expect([path, response.status]).toEqual([path, 200]);
      }
    }
  });

  it("takes a compressed body, and refuses what is not what it says", async () => {
    const headers = { authorization: `Bearer ${customer.secret}`, "content-encoding": "gzip" };
    const body = gzipSync(JSON.stringify({ model: "ok", messages: [{ role: "user", content: "hi" }] }));
    const url = `${world.baseUrl}/chat/completions`;
    expect((await fetch(url, { method: "POST", headers, body })).status).toBe(200);
    expect((await fetch(url, { method: "POST", headers, body: "not gzip" })).status).toBe(400);
    expect(
      (await fetch(url, { method: "POST", headers: { ...headers, "content-encoding": "nope" }, body }))
        .status,
    ).toBe(400);
  });

  it("is counted where the upstream reports nothing", async () => {
    const response = await ask({ model: "no-usage" });
    expect(response.status).toBe(200);
    expect(await lastRow()).toMatchObject({ measured: false, output_tokens: 5n, outcome: "ok" });
    expect((await lastRow())?.input_tokens).toBeGreaterThan(3n);
  });

  it("is counted where what the upstream reports cannot be true", async () => {
    for (const model of ["zero-usage", "absurd-usage"]) {
      expect((await ask({ model })).status).toBe(200);
      const row = await lastRow();
      expect([model, row?.measured, row?.output_tokens]).toEqual([model, false, 5n]);
      expect(Number(row?.input_tokens)).toBeLessThan(20);
    }
  });

  it("costs nothing when the answer is empty, and says so", async () => {
    const response = await ask({ model: "empty" });
    expect([response.status, response.headers.get("x-request-cost")]).toEqual([200, "0"]);
    expect(await lastRow()).toMatchObject({ outcome: "empty", cost_nano: 0n, loss_nano: 10_000n });
  });

  it("is tried again after a fault of the moment", async () => {
    expect((await ask({ model: "flaky" })).status).toBe(200);
    expect(world.upstream.asked("flaky")).toBe(2);
    expect(await lastRow()).toMatchObject({ outcome: "ok", cost_nano: 20_000n });
  });
});

describe("a streamed call", () => {
  async function events(body: object): Promise<string[]> {
    const response = await ask({ stream: true, ...body });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    const text = await response.text();
    return text
      .split("\n\n")
      .filter(Boolean)
      .map((line) => line.replace(/^data: /, ""));
  }
  const textOf = (all: string[]) =>
    all
      .flatMap((line) =>
        line === "[DONE]"
          ? []
          : (JSON.parse(line).choices ?? []).map(
              (c: { delta: { content?: string } }) => c.delta.content ?? "",
            ),
      )
      .join("");

  it("ends with [DONE], after it was settled, and hides the usage that nobody asked for", async () => {
    const before = await wallet(customer.workspaceId);
    const all = await events({});
    const after = await wallet(customer.workspaceId);
    expect([before.balance - after.balance, after.reserved]).toEqual([20_000n, 0n]);
    expect(textOf(all)).toBe(TEXT);
    expect(all.at(-1)).toBe("[DONE]");
    expect(all.some((line) => line.includes("usage"))).toBe(false);
    expect(world.upstream.seen.at(-1)?.body.stream_options).toEqual({ include_usage: true });
    expect(await lastRow()).toMatchObject({
      outcome: "ok",
      streamed: true,
      measured: true,
      finish_reason: "stop",
    });
  });

  it("gives usage to who asks for it, in the last chunk", async () => {
    for (const model of ["ok", "no-usage", "double-usage", "plain-for-stream"]) {
      const all = await events({ model, stream_options: { include_usage: true } });
      const last = JSON.parse(all.at(-2) ?? "");
      expect([model, last.choices, last.usage.completion_tokens]).toEqual([model, [], 5]);
      expect(all.filter((line) => line.includes('"usage":{')).length).toBe(1);
    }
  });

  it("is the same whatever shape the upstream gives it", async () => {
    for (const model of [
      "double-usage",
      "usage-in-every-chunk",
      "gzip",
      "crlf",
      "split",
      "no-done",
      "plain-for-stream",
    ]) {
      const all = await events({ model });
      expect([model, textOf(all), all.at(-1)]).toEqual([model, TEXT, "[DONE]"]);
      expect([model, await lastRow()]).toMatchObject([
        model,
        { outcome: "ok", cost_nano: 20_000n, measured: true },
      ]);
      expect([model, all.some((line) => line.includes("usage"))]).toEqual([model, false]);
    }
  });

  it("is charged what was delivered when the caller hangs up", async () => {
    const { secret, workspaceId } = await world.customer();
    const controller = new AbortController();
    const response = await fetch(`${world.baseUrl}/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${secret}` },
      body: JSON.stringify({ model: "slow-drip", stream: true, messages: [{ role: "user", content: "hi" }] }),
      signal: controller.signal,
    });
    const reader = response.body?.getReader();
    let seen = "";
    while (!seen.includes("word10")) seen += Buffer.from((await reader?.read())?.value ?? []).toString();
    controller.abort();
    await until(async () => (await callRows(workspaceId)).length === 1);
    const row = (await callRows(workspaceId))[0];
    expect(row).toMatchObject({ outcome: "cancelled", http_status: 499, measured: false });
    expect(Number(row?.output_tokens)).toBeGreaterThanOrEqual(10);
    expect(Number(row?.output_tokens)).toBeLessThan(60);
    expect(world.upstream.aborted).toBeGreaterThan(0);
  });
});

describe("the openai SDK", () => {
  it("works plain, streamed, with tools and with the list of models", async () => {
    const plain = await client.chat.completions.create({
      model: "ok",
      messages: [{ role: "user", content: "hi" }],
    });
    expect(plain.choices[0]?.message.content).toBe(TEXT);
    expect(plain._request_id).toMatch(/^req_/);

    const stream = await client.chat.completions.create({
      model: "ok",
      messages: [{ role: "user", content: "hi" }],
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = "";
    let used = 0;
    for await (const part of stream) {
      text += part.choices[0]?.delta.content ?? "";
      used = part.usage?.total_tokens ?? used;
    }
    expect([text, used]).toEqual([TEXT, 15]);

    const tool = await client.chat.completions
      .stream({
        model: "tools",
        messages: [{ role: "user", content: "weather?" }],
        tools: [{ type: "function", function: { name: "look_up", parameters: { type: "object" } } }],
      })
      .finalChatCompletion();
    expect(tool.choices[0]?.message.tool_calls?.[0]).toMatchObject({
      function: { name: "look_up", arguments: '{"city":"Bern"}' },
    });

    const models = await client.models.list();
    expect(models.data.map((model) => model.id).sort()).toEqual([...MODELS].sort());
    expect((await client.models.retrieve("ok")).id).toBe("ok");
    expect((await lastRow())?.client).toBe("openai-sdk");
  });

  it("throws the errors that their status and code say", async () => {
    const wrong = new OpenAI({ baseURL: world.baseUrl, apiKey: "sk-tg-nothing", maxRetries: 0 });
    await expect(wrong.models.list()).rejects.toMatchObject({ status: 401, code: "invalid_api_key" });
    const missing = client.chat.completions.create({
      model: "okk",
      messages: [{ role: "user", content: "hi" }],
    });
    await expect(missing).rejects.toMatchObject({ status: 404, code: "model_not_found" });
    await expect(missing).rejects.toThrow(/Did you mean ok/);
  });
});

describe("many calls at once", () => {
  it("never overdraw one cent, and every answer is paid", async () => {
    const poor = await world.customer(10_000_000n);
    const statuses = await Promise.all(
      Array.from({ length: 200 }, async (_, i) => {
        const response = await fetch(`${world.baseUrl}/chat/completions`, {
          method: "POST",
          headers: { authorization: `Bearer ${poor.secret}` },
          body: JSON.stringify({
            model: "ok",
            stream: i % 2 === 0,
            max_tokens: 400,
            messages: [{ role: "user", content: "hi" }],
          }),
        });
        const text = await response.text();
        return { status: response.status, text };
      }),
    );
    const paid = statuses.filter(({ status }) => status === 200).length;
    const { balance, reserved } = await wallet(poor.workspaceId);
    expect(reserved).toBe(0n);
    expect(10_000_000n - balance).toBe(BigInt(paid) * 20_000n);
    for (const { status, text } of statuses)
      if (status !== 200) expect([status, JSON.parse(text).error.limit_source]).toEqual([429, "in_flight"]);
    expect(paid).toBeGreaterThan(5);
    expect(await openHolds()).toBe(0);
  });
});

describe("raw HTTP", () => {
  it("answers HEAD, and a body for who only asks for the head is not sent", async () => {
    const url = new URL(world.baseUrl);
    const status = await new Promise((resolve, reject) => {
      httpRequest({ host: url.hostname, port: url.port, path: "/api/hello", method: "HEAD" }, (res) =>
        resolve(res.statusCode),
      )
        .on("error", reject)
        .end();
    });
    expect(status).toBe(200);
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Customer,
  callRows,
  type GatewayWorld,
  openHolds,
  startWorld,
  until,
  wallet,
} from "@/e2e/gateway/world";
import { scale } from "@/e2e/harness/scale";
import { pool } from "@/lib/db";

let world: GatewayWorld;

beforeAll(async () => {
  world = await startWorld(["ok", "endless-words", "slow-drip", "hang-before"], {
    firstByteTimeoutMs: 3_000,
    idleTimeoutMs: 3_000,
    limits: { streamReserveTokens: 1_000, checkpointMs: 100, keepAliveMs: 200 },
  });
});
afterAll(() => world.stop());

const post = (who: Customer, body: object, signal?: AbortSignal, baseUrl = world.baseUrl) =>
  fetch(`${baseUrl}/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${who.secret}` },
    body: JSON.stringify({ model: "ok", messages: [{ role: "user", content: "hi" }], ...body }),
    ...(signal ? { signal } : {}),
  });
const words = (count: number) => ({
  model: "endless-words",
  messages: [{ role: "user", content: `write ${count} words` }],
});

interface Chunk {
  choices: { delta: { content?: string }; finish_reason: string | null }[];
  error?: { code: string };
}
async function readStream(response: Response): Promise<{ chunks: Chunk[]; text: string; done: boolean }> {
  const lines = (await response.text())
    .split("\n\n")
    .filter((line) => line.startsWith("data: "))
    .map((line) => line.slice(6));
  const chunks = lines.filter((line) => line !== "[DONE]").map((line) => JSON.parse(line) as Chunk);
  return {
    chunks,
    text: chunks.map((chunk) => chunk.choices?.[0]?.delta.content ?? "").join(""),
    done: lines.at(-1) === "[DONE]",
  };
}

describe("a stream without a cap", () => {
  it("takes more of the wallet as it goes, and returns what it did not use", async () => {
    const who = await world.customer();
    const { text, done } = await readStream(await post(who, { ...words(5_000), stream: true }));
    expect([text.split(" word").length - 1, done]).toEqual([5_000, true]);
    expect((await callRows(who.workspaceId))[0]).toMatchObject({
      outcome: "ok",
      output_tokens: 5_000n,
      cost_nano: 10_010_000n,
      clamped_tokens: null,
    });
    expect(await wallet(who.workspaceId)).toEqual({ balance: 10_000_000_000n - 10_010_000n, reserved: 0n });
  });

  it("ends with `length` and a marked row when the wallet gives no more", async () => {
    // About $0.0063: enough for the first 1,000 tokens ($0.002) and some more.
    const who = await world.customer(6_300_000n);
    const { chunks, text, done } = await readStream(await post(who, { ...words(10_000), stream: true }));
    expect([chunks.at(-1)?.choices[0]?.finish_reason, done]).toEqual(["length", true]);
    const [row] = await callRows(who.workspaceId);
    expect(row).toMatchObject({ outcome: "cut", finish_reason: "length", http_status: 200, loss_nano: 0n });
    const delivered = text.split(" word").length - 1;
    expect(delivered).toBeGreaterThan(1_000);
    expect(Number(row?.output_tokens)).toBeGreaterThanOrEqual(delivered);
    const { balance, reserved } = await wallet(who.workspaceId);
    expect([6_300_000n - balance, reserved]).toEqual([row?.cost_nano, 0n]);
    expect(balance).toBeGreaterThanOrEqual(0n);
  });

  it("is cut when the upstream ignores the cap that was sent", async () => {
    const who = await world.customer();
    const { chunks, done } = await readStream(
      await post(who, { ...words(20_000), stream: true, max_tokens: 100 }),
    );
    expect([chunks.at(-1)?.choices[0]?.finish_reason, done]).toEqual(["length", true]);
    const [row] = await callRows(who.workspaceId);
    expect(row?.outcome).toBe("cut");
    expect(Number(row?.output_tokens)).toBeLessThan(400);
  });
});

describe("a small wallet", () => {
  it("runs a small call beside a large clamped one, as LobeChat's title call does", async () => {
    const who = await world.customer(4_000_000n);
    const large = await post(who, { model: "slow-drip", stream: true, max_tokens: 16_000 });
    expect(large.status).toBe(200);
    expect(Number(large.headers.get("x-max-tokens-clamped"))).toBeGreaterThan(100);
    const small = await post(who, { max_tokens: 20 });
    expect(small.status).toBe(200);
    await large.body?.cancel();
    await until(async () => (await wallet(who.workspaceId)).reserved === 0n);
  });
});

describe("an idle stream", () => {
  it("is kept alive with comments, after which a failure is an event", async () => {
    const who = await world.customer();
    const response = await post(who, { model: "hang-before", stream: true });
    expect(response.status).toBe(200);
    const text = await response.text();
    expect(text).toMatch(/^: keep-alive\n\n/);
    expect(text).toMatch(/data: \{"error":\{.*"code":"upstream_timeout".*\n\ndata: \[DONE\]\n\n$/);
    expect((await callRows(who.workspaceId))[0]).toMatchObject({
      outcome: "upstream_error",
      http_status: 504,
      cost_nano: 0n,
    });
  });

  it.each([
    [
      "completions",
      { prompt: "hi" },
      /data: \{"error":\{.*"code":"upstream_timeout".*\n\ndata: \[DONE\]\n\n$/,
    ],
    ["responses", { input: "hi" }, /event: response\.failed\ndata: .*"request_id":"req_.*\n\n$/],
    [
      "messages",
      { messages: [{ role: "user", content: "hi" }], max_tokens: 9 },
      /event: error\ndata: .*"request_id":"req_.*\n\n$/,
    ],
  ])("of %s is kept alive in its dialect's way, and ends with its error", async (path, body, end) => {
    const who = await world.customer();
    const response = await fetch(`${world.baseUrl}/${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${who.secret}` },
      body: JSON.stringify({ model: "hang-before", stream: true, ...body }),
    });
    expect(response.status).toBe(200);
    const text = await response.text();
    const beat = path === "messages" ? 'event: ping\ndata: {"type": "ping"}\n\n' : ": keep-alive\n\n";
    expect(text.replaceAll(" ", "").split(beat.replaceAll(" ", "")).length).toBeGreaterThan(5);
    expect(text).toMatch(end);
    expect((await callRows(who.workspaceId))[0]).toMatchObject({ outcome: "upstream_error", cost_nano: 0n });
  });
});

describe("callers who hang up", () => {
  it("pay for what was delivered until then, and complete streams to the token", async () => {
    const who = await world.customer();
    const runs = scale(50, 500);
    let complete = 0;
    for (let at = 0; at < runs; at += 10) {
      await Promise.all(
        Array.from({ length: 10 }, async (_, i) => {
          const controller = new AbortController();
          const leaveAfter = ((at + i) * 37) % 60;
          const timer = setTimeout(() => controller.abort(), leaveAfter);
          try {
            const { done } = await readStream(
              await post(who, { ...words(800), stream: true }, controller.signal),
            );
            if (done) complete++;
          } catch {
            // It hung up, as it should.
          } finally {
            clearTimeout(timer);
          }
        }),
      );
    }
    await until(async () => (await openHolds()) === 0);
    const rows = await callRows(who.workspaceId);
    expect(rows.filter((row) => row.outcome === "ok").length).toBeGreaterThanOrEqual(complete);
    for (const row of rows) {
      if (row.outcome === "ok") expect(row).toMatchObject({ output_tokens: 800n, measured: true });
      else {
        expect(["cancelled"]).toContain(row.outcome);
        expect(Number(row.output_tokens)).toBeLessThanOrEqual(810);
        if (row.output_tokens === 0n && row.input_tokens === 0n) expect(row.cost_nano).toBe(0n);
      }
    }
    const { balance, reserved } = await wallet(who.workspaceId);
    expect(reserved).toBe(0n);
    expect(10_000_000_000n - balance).toBe(rows.reduce((sum, row) => sum + row.cost_nano, 0n));
  });
});

describe("a running stream", () => {
  it("leaves checkpoints for the reaper", async () => {
    const who = await world.customer();
    const response = await post(who, { model: "slow-drip", stream: true });
    await until(async () => {
      const { rows } = await pool().query<{ nano: bigint | null }>(
        "SELECT checkpoint_nano AS nano FROM holds WHERE workspace_id = $1",
        [who.workspaceId],
      );
      return (rows[0]?.nano ?? 0n) > 20_000n;
    });
    await response.body?.cancel();
    await until(async () => (await openHolds()) === 0);
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Customer,
  callRows,
  type GatewayWorld,
  ledger,
  openGatewayPool,
  startWorld,
  wallet,
} from "@/e2e/gateway/world";
import { pool } from "@/lib/db";
import { env } from "@/lib/env";
import { startGateway } from "@/lib/gateway/start-gateway";
import { parsePeppers } from "@/lib/keys/token";

let world: GatewayWorld;

beforeAll(async () => {
  world = await startWorld(["ok", "endless-words", "slow-drip"], {
    firstByteTimeoutMs: 20_000,
    idleTimeoutMs: 20_000,
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
async function readStream(
  response: Response,
): Promise<{ status: number; chunks: Chunk[]; text: string; done: boolean }> {
  const lines = (await response.text())
    .split("\n\n")
    .filter((line) => line.startsWith("data: "))
    .map((line) => line.slice(6));
  const chunks = lines.filter((line) => line !== "[DONE]").map((line) => JSON.parse(line) as Chunk);
  return {
    status: response.status,
    chunks,
    text: chunks.map((chunk) => chunk.choices?.[0]?.delta.content ?? "").join(""),
    done: lines.at(-1) === "[DONE]",
  };
}

describe("a gateway that is told to stop", () => {
  it("says so, lets calls finish in the grace, cuts the rest properly, and settles everything", async () => {
    const gatewayPool = openGatewayPool();
    const second = await startGateway({
      pool: gatewayPool,
      ledger,
      peppers: parsePeppers(env().TOLLGATE_KEY_PEPPER),
      publicUrl: "http://localhost:3000",
      publicApiUrl: "http://localhost:4100",
      host: "127.0.0.1",
      port: 0,
    });
    const baseUrl = `http://127.0.0.1:${second.port}/v1`;
    const who = await world.customer();
    const open = 50;
    const quick = await Promise.all(
      Array.from({ length: open }, () => post(who, { ...words(2_000), stream: true }, undefined, baseUrl)),
    );
    const slow = await Promise.all(
      Array.from({ length: open }, () => post(who, { model: "slow-drip", stream: true }, undefined, baseUrl)),
    );
    const stopped = second.stop({ noticeMs: 400, graceMs: 6_000 });
    const ready = await fetch(`http://127.0.0.1:${second.port}/readyz`);
    expect([ready.status, (await ready.json()).reason]).toEqual([503, "draining"]);
    expect((await post(who, {}, undefined, baseUrl)).status).toBe(503);
    for (const one of await Promise.all(quick.map(readStream))) {
      expect([one.status, one.text.split(" word").length - 1, one.done]).toEqual([200, 2_000, true]);
    }
    for (const one of await Promise.all(slow.map(readStream))) {
      expect([one.chunks.at(-1)?.error?.code, one.done]).toEqual(["service_unavailable", true]);
    }
    await stopped;
    await expect(fetch(`http://127.0.0.1:${second.port}/readyz`)).rejects.toThrow();
    const rows = await callRows(who.workspaceId);
    expect(rows.filter((row) => row.outcome === "ok").length).toBe(open);
    expect(rows.filter((row) => row.outcome === "interrupted").length).toBe(open);
    const { balance, reserved } = await wallet(who.workspaceId);
    expect(reserved).toBe(0n);
    expect(10_000_000_000n - balance).toBe(rows.reduce((sum, row) => sum + row.cost_nano, 0n));
    const { rows: instances } = await pool().query(
      "SELECT 1 FROM gateway_instances WHERE id = $1 AND stopped_at IS NOT NULL",
      [second.services.instanceId],
    );
    expect(instances.length).toBe(1);
    await gatewayPool.end();
  });
});

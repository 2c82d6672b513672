import { afterAll, beforeAll, expect, it } from "vitest";
import { drive } from "@/e2e/bench/drive";
import { scale } from "@/e2e/harness/scale";
import { type System, startSystem } from "@/e2e/harness/system";

/**
 * How many small calls one gateway takes, with everything on the same machine: this load, the gateway, Postgres with
 * durable commits, and the stand-in as the upstream. One wallet and one key pay for all of them.
 */
const EMAIL = "bench@example.com";
const BODY = JSON.stringify({ model: "sandbox/echo", messages: [{ role: "user", content: "Hello there" }] });

let system: System;
let secret = "";

beforeAll(async () => {
  system = await startSystem();
  await system.cli("users", "create", "--email", EMAIL, "--password", "violet anchor drumming");
  await system.cli("credits", "grant", "--email", EMAIL, "--usd", "1000", "--reason", "bench");
  const { stdout } = await system.cli("keys", "create", "--email", EMAIL, "--name", "bench");
  secret = /sk-tg-\w+/.exec(stdout)?.[0] ?? "";
  expect(secret).not.toBe("");
});
afterAll(() => system.stop());

it("metered calls through the gateway", async () => {
  const load = {
    origin: system.apiUrl,
    path: "/v1/chat/completions",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    body: BODY,
  };
  await drive({ ...load, clients: 8, forMs: 2_000 });
  const rows: string[] = [];
  for (const clients of [1, 16, 64]) {
    const measured = await drive({ ...load, clients, forMs: scale(5_000, 30_000) });
    expect(measured.failed).toBe(0);
    rows.push(
      `| ${clients} | ${measured.perSecond} | ${measured.p50Ms.toFixed(1)} ms | ${measured.p99Ms.toFixed(1)} ms |`,
    );
  }
  console.log(["| clients | calls/s | p50 | p99 |", "| --- | --- | --- | --- |", ...rows].join("\n"));
  expect(await system.cli("ledger", "check")).toMatchObject({ code: 0 });
});

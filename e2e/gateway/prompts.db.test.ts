import { afterAll, beforeAll, expect, it } from "vitest";
import { type Customer, type GatewayWorld, startWorld, until } from "@/e2e/gateway/world";
import { openText } from "@/lib/crypto";
import { pool } from "@/lib/db";
import { promptPlace } from "@/lib/usage/record-prompt";

let world: GatewayWorld;
let keeping: Customer;
let usual: Customer;
beforeAll(async () => {
  world = await startWorld(["ok", "bad-request"]);
  keeping = await world.customer();
  usual = await world.customer();
  await pool().query(
    "INSERT INTO prompt_settings (workspace_id, retention_days, updated_at) VALUES ($1, 7, now())",
    [keeping.workspaceId],
  );
  // The gateway looks every five seconds.
  await until(() => world.gateway.services.prompts.wants(keeping.workspaceId), 10_000);
});
afterAll(() => world.stop());

const ask = (who: Customer, model: string, stream: boolean) =>
  fetch(`${world.baseUrl}/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${who.secret}` },
    body: JSON.stringify({ model, stream, messages: [{ role: "user", content: "a secret wish" }] }),
  });
const rowsOf = async ({ workspaceId }: Customer) =>
  (
    await pool().query<{ request_id: string; request_cipher: Buffer; response_cipher: Buffer | null }>(
      "SELECT request_id, request_cipher, response_cipher FROM prompt_logs WHERE workspace_id = $1",
      [workspaceId],
    )
  ).rows;

it.each([
  ["ok", false, "Hello from the scripted upstream"],
  ["ok", true, "scripted"],
  ["bad-request", false, "Unsupported parameter"],
])("keeps what was said to %s (stream: %s) for who turned that on, sealed", async (model, stream, said) => {
  const response = await ask(keeping, model, stream);
  await response.text();
  const requestId = response.headers.get("x-request-id") ?? "";
  await until(async () => (await rowsOf(keeping)).some((row) => row.request_id === requestId));
  const row = (await rowsOf(keeping)).find((one) => one.request_id === requestId);
  const place = promptPlace(keeping.workspaceId, requestId);
  expect(openText("prompt", place, row?.request_cipher ?? Buffer.alloc(0))).toContain("a secret wish");
  expect(openText("prompt", place, row?.response_cipher ?? Buffer.alloc(0))).toContain(said);
  expect(row?.request_cipher.toString("latin1")).not.toContain("wish");
});

it("keeps nothing of anybody else, nor after it was turned off", async () => {
  await (await ask(usual, "ok", false)).text();
  await pool().query("DELETE FROM prompt_settings WHERE workspace_id = $1", [keeping.workspaceId]);
  const before = (await rowsOf(keeping)).length;
  await (await ask(keeping, "ok", false)).text();
  await until(() => !world.gateway.services.prompts.wants(keeping.workspaceId), 10_000);
  expect([(await rowsOf(usual)).length, (await rowsOf(keeping)).length]).toEqual([0, before]);
});

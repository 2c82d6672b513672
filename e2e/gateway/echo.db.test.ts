import { execFile, spawnSync } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Customer, callRows, type GatewayWorld, startWorld, wallet } from "@/e2e/gateway/world";
import type { Ctx } from "@/lib/actor";
import { addConnection } from "@/lib/catalog/add-connection";
import { addModel } from "@/lib/catalog/add-model";
import { newId } from "@/lib/ids";
import { handleEcho } from "@/lib/sandbox/echo/handle-echo";

const ctx: Ctx = { actor: { kind: "system", job: "seed" }, workspaceId: "", requestId: newId("req") };
let world: GatewayWorld;
let echo: Server;
let customer: Customer;
let client: OpenAI;

/** The model out of the box, $1 and $2 per million tokens, as prisma/seed.ts puts it in. */
beforeAll(async () => {
  echo = createServer(async (req, res) => {
    if (!(await handleEcho(req, res))) res.writeHead(404).end();
  });
  await new Promise<void>((resolve) => echo.listen(0, "127.0.0.1", resolve));
  world = await startWorld([]);
  const url = `http://127.0.0.1:${(echo.address() as AddressInfo).port}/echo/v1`;
  await addConnection(ctx, { name: "sandbox", kind: "openai-compatible", url, allowPrivate: true });
  await addModel(ctx, {
    id: "sandbox/echo",
    connection: "sandbox",
    upstreamId: "echo",
    inputUsdPerMillion: "1",
    outputUsdPerMillion: "2",
    contextTokens: 128_000,
    maxOutputTokens: 16_384,
    vision: true,
    structuredOutput: true,
  });
  await world.gateway.services.catalog.refresh();
  customer = await world.customer();
  client = new OpenAI({ baseURL: world.baseUrl, apiKey: customer.secret, maxRetries: 0 });
});
afterAll(async () => {
  await world.stop();
  echo.closeAllConnections();
  echo.close();
});

const model = "sandbox/echo";
const say = (content: OpenAI.ChatCompletionUserMessageParam["content"]) => [
  { role: "user" as const, content },
];

/** Runs a call and checks that it cost what its usage says, to the nano. */
async function exactly(run: () => Promise<OpenAI.CompletionUsage | null | undefined>): Promise<void> {
  const before = await wallet(customer.workspaceId);
  const usage = await run();
  const after = await wallet(customer.workspaceId);
  expect(usage).toBeTruthy();
  expect(before.balance - after.balance).toBe(
    BigInt(usage?.prompt_tokens ?? 0) * 1_000n + BigInt(usage?.completion_tokens ?? 0) * 2_000n,
  );
  expect(after.reserved).toBe(0n);
}

describe("sandbox/echo through the gateway, with the openai SDK", () => {
  it("answers plain and streamed, with tools, images, JSON and several answers, each charged exactly", async () => {
    await exactly(async () => {
      const answer = await client.chat.completions.create({ model, messages: say("Grüezi 漢字 😀") });
      expect(answer.choices[0]?.message.content).toContain("Grüezi 漢字 😀");
      return answer.usage;
    });
    await exactly(async () => {
      const stream = await client.chat.completions.create({
        model,
        messages: say("write 700 words"),
        stream: true,
        stream_options: { include_usage: true },
      });
      let text = "";
      let usage: OpenAI.CompletionUsage | null | undefined;
      for await (const chunk of stream) {
        text += chunk.choices[0]?.delta.content ?? "";
        usage = chunk.usage ?? usage;
      }
      expect(text.split(" ").length).toBe(700);
      return usage;
    });
    await exactly(async () => {
      const answer = await client.chat.completions.create({
        model,
        messages: say([
          { type: "text", text: "call get_time" },
          { type: "image_url", image_url: { url: `data:image/png;base64,${"A".repeat(60_000)}` } },
        ]),
        tools: [
          {
            type: "function",
            function: { name: "get_time", parameters: { type: "object", properties: {} } },
          },
        ],
      });
      expect(answer.choices[0]?.finish_reason).toBe("tool_calls");
      return answer.usage;
    });
    await exactly(async () => {
      const schema = { type: "object", properties: { answer: { type: "string" } } };
      const answer = await client.chat.completions.create({
        model,
        messages: say("in JSON please"),
        response_format: { type: "json_schema", json_schema: { name: "x", schema } },
        n: 3,
        max_tokens: 100,
      });
      expect(answer.choices.length).toBe(3);
      expect(JSON.parse(answer.choices[2]?.message.content ?? "")).toEqual({ answer: "in JSON please" });
      return answer.usage;
    });
    const rows = await callRows(customer.workspaceId);
    expect(rows.every((row) => row.outcome === "ok" && row.measured && row.client === "openai-sdk")).toBe(
      true,
    );
  });

  it("stops at the caller's cap", async () => {
    const answer = await client.chat.completions.create({
      model,
      messages: say("write 900 words"),
      max_tokens: 30,
    });
    expect([answer.choices[0]?.finish_reason, answer.usage?.completion_tokens]).toEqual(["length", 30]);
    expect((await callRows(customer.workspaceId)).at(-1)).toMatchObject({
      outcome: "ok",
      finish_reason: "length",
      output_tokens: 30n,
    });
  });
});

const hasCurl = spawnSync("curl", ["--version"]).status === 0;

describe.skipIf(!hasCurl)("curl", () => {
  const curl = (...args: string[]) => promisify(execFile)("curl", ["-sS", ...args]);

  it("gets a plain answer, a stream and the list of models", async () => {
    const key = ["-H", `Authorization: Bearer ${customer.secret}`, "-H", "Content-Type: application/json"];
    const body = { model, messages: say("hello from curl") };
    const plain = await curl(`${world.baseUrl}/chat/completions`, ...key, "-d", JSON.stringify(body));
    expect(JSON.parse(plain.stdout).choices[0].message.content).toContain("hello from curl");
    const stream = await curl(
      "-N",
      `${world.baseUrl}/chat/completions`,
      ...key,
      "-d",
      JSON.stringify({ ...body, stream: true }),
    );
    expect(stream.stdout).toMatch(/^data: \{[\s\S]*\n\ndata: \[DONE\]\n\n$/);
    const models = await curl(`${world.baseUrl}/models`, ...key);
    expect(JSON.parse(models.stdout).data.map((one: { id: string }) => one.id)).toEqual([model]);
    expect((await callRows(customer.workspaceId)).at(-1)?.client).toBe("curl");
  });
});

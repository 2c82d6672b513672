import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codexFirstTurn, codexKnownModel, codexSecondTurn } from "@/e2e/fakes/responses-codex";
import { readEvents } from "@/e2e/fakes/responses-events";
import { checkSequence } from "@/e2e/fakes/responses-sequence";
import { type MessagesWorld, startMessagesWorld } from "@/e2e/gateway/messages-world";
import { type Customer, callRows } from "@/e2e/gateway/world";

type Json = Record<string, unknown>;
const THINKING = { effort: "high", summary: "auto" };
let world: MessagesWorld;
let customer: Customer;

beforeAll(async () => {
  world = await startMessagesWorld({
    chat: ["ok"],
    anthropic: [
      "claude-parallel",
      "claude-thinking",
      "claude-json",
      "claude-overloaded-first",
      "claude-breaks",
      "claude-refusal",
    ],
  });
  customer = await world.customer();
});
afterAll(() => world.stop());

const ask = (body: object) =>
  fetch(`${world.baseUrl}/responses`, {
    method: "POST",
    headers: { authorization: `Bearer ${customer.secret}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
const run = async (body: object) => checkSequence(await readEvents(await ask(body)));
const blocks = (content: string | Json[]) => (typeof content === "string" ? [] : content);

describe("Codex with a model of Anthropic's", () => {
  it("calls three tools at once and goes on from what it hands back", async () => {
    const model = "claude-parallel";
    const first = await run({ ...codexFirstTurn(model), reasoning: THINKING });
    const output = first.output as Json[];
    const calls = output.filter(({ type }) => type === "function_call");
    expect(calls.length).toBe(3);
    expect(first.usage).toMatchObject({ input_tokens: expect.any(Number) });
    const asked = world.anthropic.last(model).body;
    expect(asked.tools?.map(({ name }) => name)).toContain("multi_agent_v1__spawn_agent");
    expect(asked.thinking).toMatchObject({ type: expect.stringMatching(/enabled|adaptive/) });

    const second = await run({ ...codexSecondTurn(model, output, "sunny"), reasoning: THINKING });
    expect(second.output).toMatchObject([{ type: "message", content: [{ text: "It is sunny." }] }]);
    const sent = world.anthropic.last(model).body.messages;
    const spoken = blocks(sent.at(-2)?.content ?? "");
    expect(spoken.filter(({ type }) => type === "tool_use").map(({ id }) => id)).toEqual(
      calls.map(({ call_id }) => call_id),
    );
    expect(blocks(sent.at(-1)?.content ?? "").map(({ type, tool_use_id }) => [type, tool_use_id])).toEqual(
      calls.map(({ call_id }) => ["tool_result", call_id]),
    );
  });

  it("hands signed and hidden thoughts back as they were", async () => {
    const model = "claude-thinking";
    const first = await run({ ...codexFirstTurn(model), reasoning: THINKING });
    const output = first.output as Json[];
    expect(output.some(({ type }) => type === "reasoning")).toBe(true);
    const plain = (await (
      await ask({ ...codexFirstTurn(model), reasoning: THINKING, stream: false })
    ).json()) as Json;
    const texts = (items: unknown) =>
      (items as Json[]).map(({ type, summary, content }) => [
        type,
        summary ?? (content as Json[]).map(({ text }) => text),
      ]);
    expect(texts(plain.output)).toEqual(texts(output));

    const next = { role: "user", content: "And now?" };
    const turn = codexSecondTurn(model, output, "");
    await run({ ...turn, input: [...(turn.input as Json[]), next], reasoning: THINKING });
    const sent = world.anthropic.last(model).body.messages.find(({ role }) => role === "assistant");
    const thoughts = blocks(sent?.content ?? "").filter(({ type }) => String(type).includes("thinking"));
    expect(thoughts.length).toBeGreaterThan(0);
    for (const thought of thoughts)
      expect(thought.signature ?? thought.data).toEqual(expect.stringMatching(/./));
    expect(await rows()).toMatchObject({ dialect: "responses", outcome: "ok" });
  });

  it("its own models' tools, too: what is an item becomes a list", async () => {
    await run(codexKnownModel("claude-json"));
    const { tools } = world.anthropic.last("claude-json").body;
    expect(tools?.map(({ name }) => name)).toEqual([
      "functions__exec",
      "functions__wait",
      "clock__now",
      "collaboration__spawn_agent",
    ]);
  });

  it("a schema is kept", async () => {
    const client = new OpenAI({ baseURL: world.baseUrl, apiKey: customer.secret, maxRetries: 0 });
    const schema = {
      type: "object",
      properties: { title: { type: "string" } },
      required: ["title"],
      additionalProperties: false,
    };
    const parsed = await client.responses.parse({
      model: "claude-json",
      input: "Name it",
      text: { format: { type: "json_schema", name: "title", strict: true, schema } },
    });
    expect(JSON.parse(parsed.output_text)).toEqual({ title: "Bern" });
    expect(JSON.stringify(world.anthropic.last("claude-json").body)).toContain('"title"');
  });

  it("a refusal and a break end as this API has them", async () => {
    const refused = await run({ model: "claude-refusal", input: "hi", stream: true });
    expect(refused).toMatchObject({ status: "incomplete", incomplete_details: { reason: "content_filter" } });
    const broken = await run({ model: "claude-breaks", input: "hi", stream: true });
    expect(broken).toMatchObject({ status: "failed", error: { code: "upstream_unavailable" } });
    expect(JSON.stringify(broken)).not.toContain("secret");
    const early = await ask({ model: "claude-overloaded-first", input: "hi", stream: true });
    expect([early.status, (await early.json()).error.code]).toEqual([503, "upstream_unavailable"]);
  });
});

const rows = async () => (await callRows(customer.workspaceId)).at(-1);

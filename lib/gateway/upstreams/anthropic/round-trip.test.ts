import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "@/lib/gateway/dialects/api-request";
import { messageFromCompletion } from "@/lib/gateway/dialects/messages/message-from-completion";
import { NO_TOKENS } from "@/lib/gateway/price-call";
import { MESSAGES_WIRE } from "./messages-wire";
import { turnsFromChat } from "./turns-from-chat";

const words = fc.string({ minLength: 1, unit: "grapheme" }).filter((text) => text.trim() !== "");
const thinking = fc.record({ type: fc.constant("thinking"), thinking: fc.string(), signature: words });
const redacted = fc.record({ type: fc.constant("redacted_thinking"), data: words });
const text = fc.record({ type: fc.constant("text"), text: words });
const input = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean()), {
  noNullPrototype: true,
});
const tools = fc
  .array(input, { maxLength: 3 })
  .map((inputs) =>
    inputs.map((given, at) => ({ type: "tool_use", id: `toolu_${at}`, name: `tool_${at}`, input: given })),
  );
/** The content of a message in the order in which Claude writes it. */
const content = fc
  .tuple(fc.array(fc.oneof(thinking, redacted), { maxLength: 3 }), fc.option(text), tools)
  .map(([thoughts, said, calls]): Json[] => [...thoughts, ...(said ? [said] : []), ...calls])
  .filter((blocks) => blocks.some((block) => block.type === "text" || block.type === "tool_use"));

const message = (blocks: Json[]): Json => ({
  id: "msg_1",
  type: "message",
  role: "assistant",
  model: "claude",
  content: blocks,
  stop_reason: blocks.some((block) => block.type === "tool_use") ? "tool_use" : "end_turn",
  stop_sequence: null,
  usage: { input_tokens: 1, output_tokens: 1 },
});

/** The next turn, as a chat client sends it: what came, and the results of what was called. */
function nextTurn(answer: Json): Json[] {
  const calls = (answer.tool_calls ?? []) as Json[];
  const results = calls.map((call) => ({ role: "tool", tool_call_id: call.id, content: "ok" }));
  return [{ role: "user", content: "Hi" }, answer, ...results, { role: "user", content: "And?" }];
}

/** A message put together from chunks, as chat clients do it. */
function collect(chunks: readonly Json[]): Json {
  const answer = {
    role: "assistant",
    content: "",
    reasoning_details: [] as Json[],
    tool_calls: [] as Json[],
  };
  for (const chunk of chunks) {
    const delta = (chunk.choices as { delta: Json }[])[0]?.delta ?? {};
    answer.content += typeof delta.content === "string" ? delta.content : "";
    answer.reasoning_details.push(...((delta.reasoning_details ?? []) as Json[]));
    for (const piece of (delta.tool_calls ?? []) as (Json & {
      index: number;
      function: { arguments: string };
    })[]) {
      const call = answer.tool_calls[piece.index] as { function: { arguments: string } } | undefined;
      if (call) call.function.arguments += piece.function.arguments;
      else answer.tool_calls[piece.index] = structuredClone(piece);
    }
  }
  return answer;
}

test("what Claude says goes through a chat client and comes back as it was: whole", () => {
  fc.assert(
    fc.property(content, (blocks) => {
      const { choices } = MESSAGES_WIRE.toCompletion(message(blocks)) as { choices: { message: Json }[] };
      const { turns } = turnsFromChat(nextTurn(choices[0]?.message ?? {}), true);
      expect(turns[1]?.content).toEqual(blocks);
    }),
  );
});

test("and in a stream", () => {
  fc.assert(
    fc.property(content, (blocks) => {
      const stream = MESSAGES_WIRE.openStream();
      const events = stream.fromPlain(message(blocks)) ?? [];
      const chunks = events.flatMap(({ json, name }) => {
        stream.read(JSON.stringify(json), name);
        return stream.toChunks(json);
      });
      expect(turnsFromChat(nextTurn(collect(chunks)), true).turns[1]?.content).toEqual(blocks);
    }),
  );
});

test("a message through the chat dialect is the same message to who speaks Anthropic's", () => {
  const fields = { model: "claude", thinks: true, includeCost: false };
  const settled = { tokens: NO_TOKENS, chargedNano: 0n, finishReason: "stop" };
  fc.assert(
    fc.property(content, (blocks) => {
      const told = messageFromCompletion(MESSAGES_WIRE.toCompletion(message(blocks)), settled, fields);
      expect(told.content).toEqual(blocks);
    }),
  );
});

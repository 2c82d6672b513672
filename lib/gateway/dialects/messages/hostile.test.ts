import fc from "fast-check";
import { expect, test } from "vitest";
import type { CatalogModel } from "@/lib/catalog/types";
import type { Json } from "@/lib/gateway/dialects/api-request";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { NO_TOKENS } from "@/lib/gateway/price-call";
import { bodyFromChat } from "@/lib/gateway/upstreams/anthropic/body-from-chat";
import { MESSAGES_WIRE } from "@/lib/gateway/upstreams/anthropic/messages-wire";
import { chatFromPivot } from "@/lib/gateway/upstreams/chat-from-pivot";
import { messageFromCompletion } from "./message-from-completion";
import { MessagesFace } from "./messages-face";
import { MessagesRequest } from "./messages-request";

const anything = fc.constantFrom<unknown>(
  null,
  true,
  7,
  -1.5,
  "x",
  "",
  [],
  ["x"],
  [[{}]],
  {},
  { type: "x" },
  { a: [1] },
);
const oddly = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 40, arbitrary: value }, { weight: 1, arbitrary: anything });
const blockType = fc.constantFrom(
  ..."text image document tool_use tool_result thinking redacted_thinking server_tool_use search_result".split(
    " ",
  ),
  ..."tool_reference tool_addition tool_removal mid_conv_system compaction container_upload odd".split(" "),
);
const source = fc.record(
  {
    type: oddly(fc.constantFrom("base64", "url", "text", "content", "file")),
    data: anything,
    url: anything,
    media_type: anything,
    content: anything,
  },
  { requiredKeys: [] },
);
const block: fc.Arbitrary<unknown> = fc.record(
  {
    type: oddly(blockType),
    text: oddly(fc.string()),
    thinking: anything,
    signature: oddly(fc.string()),
    data: oddly(
      fc.constantFrom("x", "tg1:{", 'tg1:{"details":[1],"calls":{"a":{}}}', 'tg1:{"details":7,"calls":[]}'),
    ),
    source: oddly(source),
    id: oddly(fc.constantFrom("a", "b")),
    name: oddly(fc.constantFrom("f", "g")),
    tool_use_id: oddly(fc.constantFrom("a", "b")),
    input: anything,
    content: anything,
    tool: anything,
    is_error: anything,
    cache_control: anything,
  },
  { requiredKeys: ["type", "text", "id", "name", "tool_use_id", "source", "content"] },
);
const content = oddly(fc.oneof(fc.string(), fc.array(oddly(block), { maxLength: 4 })));
const message = fc.record({ role: oddly(fc.constantFrom("user", "assistant", "system")), content });
const tool = fc.record(
  {
    type: oddly(fc.constantFrom("custom", null, "bash_20250124")),
    name: oddly(fc.constant("f")),
    description: anything,
    input_schema: anything,
    defer_loading: anything,
  },
  { requiredKeys: ["name"] },
);
const body = fc.record(
  {
    model: oddly(fc.constant("claude")),
    max_tokens: oddly(fc.integer({ min: 1, max: 100_000 })),
    messages: oddly(fc.array(oddly(message), { minLength: 1, maxLength: 4 })),
    system: oddly(fc.string()),
    tools: oddly(fc.array(oddly(tool), { maxLength: 3 })),
    tool_choice: anything,
    thinking: oddly(
      fc.record({ type: oddly(fc.constantFrom("enabled", "adaptive", "disabled")), budget_tokens: anything }),
    ),
    output_config: oddly(
      fc.record({
        effort: anything,
        format: oddly(fc.record({ type: fc.constant("json_schema"), schema: anything })),
      }),
    ),
    metadata: anything,
    stop_sequences: anything,
    context_management: anything,
    usage: anything,
    stream: oddly(fc.boolean()),
  },
  { requiredKeys: ["model", "max_tokens", "messages"] },
);

const model = { id: "claude", reasoning: true, maxOutputTokens: 64_000 } as CatalogModel;
const to = { upstreamId: "claude-sonnet-4-5", model, capTokens: 500 };

test("whatever a body holds, it is read, sent on and translated, or refused by name", () => {
  let read = 0;
  fc.assert(
    fc.property(body, (given) => {
      try {
        const request = MessagesRequest.parse(Buffer.from(JSON.stringify(given)), {});
        read++;
        for (const text of request.inputTexts()) expect(typeof text).toBe("string");
        JSON.parse(request.rewrite(to).toString());
        const chat = request.toChat(to);
        chatFromPivot(chat);
        bodyFromChat(chat, to);
      } catch (error) {
        if (!(error instanceof GatewayError)) throw error;
        expect(error.status).toBe(400);
      }
    }),
    { numRuns: 2_000 },
  );
  expect(read).toBeGreaterThan(300);
});

const settled = { tokens: NO_TOKENS, chargedNano: 0n, finishReason: null };
const fields = { model: "claude", thinks: true, includeCost: true };
const openFace = () => new MessagesFace({ event: (data) => void JSON.parse(data) }, fields);

test("whatever an upstream of the chat dialect says, it becomes a message", () => {
  const call = fc.record(
    {
      index: oddly(fc.nat(3)),
      id: oddly(fc.string()),
      function: oddly(fc.record({ name: oddly(fc.string()), arguments: oddly(fc.string()) })),
      extra_content: anything,
    },
    { requiredKeys: [] },
  );
  const detail = fc.record(
    {
      type: oddly(fc.constantFrom("reasoning.text", "reasoning.encrypted")),
      text: anything,
      data: anything,
      signature: anything,
      format: oddly(fc.constant("anthropic-claude-v1")),
      index: anything,
    },
    { requiredKeys: [] },
  );
  const delta = fc.record(
    {
      content: oddly(fc.string()),
      refusal: anything,
      reasoning_content: oddly(fc.string()),
      reasoning_details: oddly(fc.array(oddly(detail))),
      tool_calls: oddly(fc.array(oddly(call))),
      function_call: anything,
    },
    { requiredKeys: [] },
  );
  const chunk = fc.record({
    choices: oddly(fc.array(oddly(fc.record({ delta: oddly(delta), finish_reason: anything })))),
  });
  fc.assert(
    fc.property(fc.array(chunk, { maxLength: 5 }), delta, (chunks, whole) => {
      const face = openFace();
      for (const each of chunks) face.chunk(each as Json);
      face.complete(settled);
      const completion = { choices: [{ message: whole }] };
      expect(messageFromCompletion(completion as Json, settled, fields).type).toBe("message");
    }),
    { numRuns: 300 },
  );
});

test("whatever an Anthropic upstream says, it is read, passed on and translated, or malformed", () => {
  const type = fc.constantFrom(
    ..."message_start content_block_start content_block_delta content_block_stop message_delta message_stop".split(
      " ",
    ),
  );
  const event = fc.record(
    {
      type: oddly(type),
      index: oddly(fc.nat(2)),
      message: anything,
      content_block: oddly(block),
      delta: oddly(block),
      usage: anything,
    },
    { requiredKeys: ["type"] },
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 6 }), block, (events, whole) => {
      const stream = MESSAGES_WIRE.openStream();
      const face = openFace();
      for (const each of events) {
        const data = JSON.stringify(each);
        const read = stream.read(data, null);
        if (read.kind === "ignore" || read.kind === "failed" || !read.json) continue;
        for (const chunk of stream.toChunks(read.json)) expect(chunk.object).toBe("chat.completion.chunk");
        face.native(data, read.json, null);
      }
      face.cut(settled);
      stream.observer.countOutput();
      const message = whole as Json;
      const answer = MESSAGES_WIRE.readPlain(message, "");
      if (!("failed" in answer)) MESSAGES_WIRE.toCompletion(message);
      stream.fromPlain(message);
    }),
    { numRuns: 300 },
  );
});

import fc from "fast-check";
import OpenAI from "openai";
import type { ResponseStream } from "openai/lib/responses/ResponseStream";
import { describe, expect, it } from "vitest";
import { checkSequence, type SeenEvent } from "@/e2e/fakes/responses-sequence";
import type { Json, Settled } from "@/lib/gateway/dialects/api-request";
import { NO_TOKENS } from "@/lib/gateway/price-call";
import { ChatObserver } from "@/lib/gateway/upstreams/chat-observer";
import { ResponsesRequest } from "./responses-request";

const settled: Settled = {
  tokens: { ...NO_TOKENS, inputTokens: 8, cachedTokens: 2, outputTokens: 4, reasoningTokens: 1 },
  chargedNano: 1_234_500n,
  finishReason: "stop",
};

class Wired {
  readonly seen: SeenEvent[] = [];
  readonly texts: string[] = [];
  readonly observer = new ChatObserver();
  readonly request: ResponsesRequest;
  readonly face: ReturnType<ResponsesRequest["openFace"]>;

  constructor(body: Json = {}) {
    this.request = ResponsesRequest.parse(
      Buffer.from(JSON.stringify({ model: "m", input: "Hi", stream: true, ...body })),
    );
    this.face = this.request.openFace({
      event: (data, name) => {
        this.texts.push(`${name ? `event: ${name}\n` : ""}data: ${data}\n\n`);
        this.seen.push({ name, event: JSON.parse(data) as Json });
      },
    });
  }

  delta(delta: Json, finish: string | null = null, more: Json = {}): this {
    const chunk = { id: "c", choices: [{ index: 0, delta, finish_reason: finish, ...more }] };
    this.observer.chunk(chunk);
    this.face.chunk(chunk);
    return this;
  }

  complete(): Json {
    this.face.complete(settled, this.observer);
    return checkSequence(this.seen);
  }

  types(): string[] {
    return this.seen.map(({ event }) => event.type as string);
  }
}

describe("a stream from chat chunks", () => {
  it("has every event of a text answer in OpenAI's order", () => {
    const wired = new Wired();
    wired.delta({ role: "assistant", content: "" }).delta({ content: "Hel" }).delta({ content: "lo" });
    const response = wired.delta({}, "stop").complete();
    expect(wired.types()).toEqual([
      "response.created",
      "response.in_progress",
      "response.output_item.added",
      "response.content_part.added",
      "response.output_text.delta",
      "response.output_text.delta",
      "response.output_text.done",
      "response.content_part.done",
      "response.output_item.done",
      "response.completed",
    ]);
    expect(response).toMatchObject({
      object: "response",
      status: "completed",
      model: "m",
      error: null,
      incomplete_details: null,
      store: false,
      output: [{ type: "message", role: "assistant", status: "completed", content: [{ text: "Hello" }] }],
      usage: {
        input_tokens: 10,
        input_tokens_details: { cached_tokens: 2 },
        output_tokens: 5,
        output_tokens_details: { reasoning_tokens: 1 },
        total_tokens: 15,
      },
    });
    expect(response.usage).not.toHaveProperty("cost");
    const message = (response.output as Json[])[0];
    expect(message?.id).toMatch(/^msg_\w{32}$/);
    expect(response.id).toMatch(/^resp_\w{32}$/);
  });

  it("shows thoughts as a summary before the text, and their signature in encrypted_content", () => {
    const wired = new Wired();
    wired
      .delta({
        reasoning_content: "Hm",
        reasoning_details: [{ type: "reasoning.text", text: "Hm", index: 0 }],
      })
      .delta({ reasoning_content: "m", reasoning_details: [{ type: "reasoning.text", text: "m", index: 0 }] })
      .delta({ reasoning_details: [{ type: "reasoning.text", text: "", signature: "sig", index: 0 }] })
      .delta({ content: "Yes" });
    const response = wired.delta({}, "stop").complete();
    const [thought, message] = response.output as Json[];
    expect(thought).toMatchObject({ type: "reasoning", summary: [{ type: "summary_text", text: "Hmm" }] });
    expect(thought).not.toHaveProperty("status");
    expect(message).toMatchObject({ content: [{ text: "Yes" }] });

    const again = ResponsesRequest.parse(
      Buffer.from(
        JSON.stringify({ model: "m", input: [thought, message, { role: "user", content: "Go on" }] }),
      ),
    );
    const chat = again.toChat({ upstreamId: "u", model: {} as never, capTokens: null });
    expect((chat.messages as Json[])[0]).toEqual({
      role: "assistant",
      content: "Yes",
      reasoning_content: "Hmm",
      reasoning_details: [{ type: "reasoning.text", text: "Hmm", signature: "sig", index: 0 }],
    });
  });

  it("keeps parallel calls apart, also where they share an index, an id or come mixed", () => {
    const call = (index: number, id: string, name: string, text: string) => ({
      tool_calls: [{ index, ...(id ? { id, type: "function" } : {}), function: { name, arguments: text } }],
    });
    const wired = new Wired();
    wired
      .delta(call(0, "a", "one", '{"x":'))
      .delta(call(1, "b", "two", ""))
      .delta(call(0, "", "", "1}"))
      .delta(call(1, "", "", '{"y":2}'))
      .delta(call(1, "c", "three", ""))
      .delta(call(2, "c", "four", "{}"));
    const output = wired.delta({}, "tool_calls").complete().output as Json[];
    expect(output.map((item) => [item.name, item.arguments])).toEqual([
      ["one", '{"x":1}'],
      ["two", '{"y":2}'],
      ["three", "{}"],
      ["four", "{}"],
    ]);
    expect(new Set(output.map((item) => item.call_id)).size).toBe(4);
    expect(output[0]?.call_id).toBe("a");
  });

  it("names tools of a namespace and custom tools as the caller knows them", () => {
    const wired = new Wired({
      tools: [
        { type: "namespace", name: "agents", description: "", tools: [{ type: "function", name: "spawn" }] },
        { type: "custom", name: "apply_patch", format: { type: "text" } },
      ],
    });
    wired.delta({
      tool_calls: [
        { index: 0, id: "a", function: { name: "agents__spawn", arguments: '{"n":1}' } },
        { index: 1, id: "b", function: { name: "apply_patch", arguments: '{"input":"*** Be' } },
      ],
    });
    wired.delta({ tool_calls: [{ index: 1, function: { arguments: 'gin\\n"}' } }] });
    const output = wired.delta({}, "tool_calls").complete().output as Json[];
    expect(output).toMatchObject([
      { type: "function_call", name: "spawn", namespace: "agents", arguments: '{"n":1}', call_id: "a" },
      { type: "custom_tool_call", name: "apply_patch", input: "*** Begin\n", call_id: "b" },
    ]);
  });

  it("hands Gemini's signature of a call back with the next turn", () => {
    const wired = new Wired({ tools: [{ type: "function", name: "look" }] });
    const extra = { google: { thought_signature: "SIG" } };
    wired.delta({
      tool_calls: [{ index: 0, id: "a", function: { name: "look", arguments: "{}" }, extra_content: extra }],
    });
    const output = wired.delta({}, "tool_calls").complete().output as Json[];
    expect(output.map((item) => item.type)).toEqual(["reasoning", "function_call"]);
    const input = [
      { role: "user", content: "?" },
      ...output,
      { type: "function_call_output", call_id: "a", output: "4" },
    ];
    const again = ResponsesRequest.parse(Buffer.from(JSON.stringify({ model: "m", input })));
    const chat = again.toChat({ upstreamId: "u", model: {} as never, capTokens: null });
    expect((chat.messages as Json[])[1]?.tool_calls).toEqual([
      { id: "a", type: "function", function: { name: "look", arguments: "{}" }, extra_content: extra },
    ]);
  });

  it("keeps logprobs, refusals and sources", () => {
    const probs = [{ token: "Hi", logprob: -0.1, bytes: [72, 105], top_logprobs: [] }];
    const wired = new Wired({ include: ["message.output_text.logprobs"] });
    wired
      .delta({ content: "Hi" }, null, { logprobs: { content: probs } })
      .delta({
        annotations: [{ type: "url_citation", url_citation: { url: "https://a.example", title: "A" } }],
      })
      .delta({ refusal: "No" });
    const [message] = wired.delta({}, "stop").complete().output as Json[];
    expect(message?.content).toEqual([
      {
        type: "output_text",
        text: "Hi",
        logprobs: probs,
        annotations: [{ type: "url_citation", url: "https://a.example", title: "A" }],
      },
      { type: "refusal", refusal: "No" },
    ]);
  });

  it("ends incomplete where the cap, the balance or a filter cut it", () => {
    const capped = new Wired().delta({ content: "Hel" });
    expect(capped.delta({}, "length").complete()).toMatchObject({
      status: "incomplete",
      incomplete_details: { reason: "max_output_tokens" },
      output: [{ status: "incomplete" }],
    });
    const filtered = new Wired().delta({}, "content_filter").complete();
    expect(filtered).toMatchObject({ incomplete_details: { reason: "content_filter" }, output: [] });
    const spent = new Wired().delta({
      tool_calls: [{ index: 0, id: "a", function: { name: "f", arguments: '{"x"' } }],
    });
    spent.face.cut(settled, spent.observer);
    expect(checkSequence(spent.seen)).toMatchObject({
      status: "incomplete",
      incomplete_details: { reason: "max_output_tokens" },
      output: [{ type: "function_call", status: "incomplete", arguments: '{"x"' }],
      usage: { total_tokens: 15 },
    });
  });

  it("fails in this API's own way, before and after the answer began", () => {
    const error = JSON.stringify({
      error: { code: "upstream_unavailable", message: "It broke.", request_id: "req_1" },
    });
    const early = new Wired();
    early.face.fail(error);
    expect(early.types()).toEqual(["response.created", "response.in_progress", "response.failed"]);
    const late = new Wired().delta({ content: "Hel" });
    late.face.fail(error);
    expect(checkSequence(late.seen)).toMatchObject({
      status: "failed",
      error: { code: "upstream_unavailable", message: "It broke.", request_id: "req_1" },
      output: [{ content: [{ text: "Hel" }] }],
    });
  });

  it("says what it cost where that is asked for, exactly", () => {
    const wired = new Wired({ usage: { include: true } });
    wired.delta({ content: "Hi" }).delta({}, "stop").complete();
    expect(wired.texts.at(-1)).toContain('"cost":0.0012345');
  });

  it("gives back what the caller asked for", () => {
    const asked = {
      instructions: "Be brief.",
      tools: [
        { type: "function", name: "f", parameters: {} },
        { type: "web_search", external_web_access: false },
      ],
      tool_choice: "auto",
      metadata: { a: "b" },
      reasoning: { effort: "low" },
      text: { verbosity: "low" },
      temperature: 0.5,
      max_output_tokens: 50,
    };
    const response = new Wired(asked).delta({}, "stop").complete();
    expect(response).toMatchObject({
      ...asked,
      tools: [asked.tools[0]],
      reasoning: { effort: "low", summary: null },
    });
  });
});

const callDelta = fc.record({
  index: fc.nat(2),
  id: fc.constantFrom("", "a", "b"),
  name: fc.constantFrom("", "f", "patch", "ns__g", "tool_search", "unheard_of"),
  text: fc.constantFrom("", "{", '"x":1', "}", "{}", '{"input":"p"}'),
});
const anyDelta = fc.oneof(
  fc.constantFrom("", "Hel", "lo").map((content) => ({ content })),
  fc.constantFrom("", "hm").map((reasoning_content) => ({ reasoning_content })),
  fc.constantFrom("", "no").map((refusal) => ({ refusal })),
  fc.constant({
    reasoning_details: [{ type: "reasoning.encrypted", data: "zz", format: "anthropic-claude-v1" }],
  }),
  fc.array(callDelta, { maxLength: 3 }).map((calls) => ({
    tool_calls: calls.map(({ index, id, name, text }) => ({
      index,
      ...(id ? { id } : {}),
      function: { ...(name ? { name } : {}), arguments: text },
      ...(text === "{}" ? { extra_content: { google: { thought_signature: "s" } } } : {}),
    })),
  })),
);
const tools = [
  { type: "tool_search", execution: "client" },
  { type: "function", name: "f" },
  { type: "custom", name: "patch" },
  { type: "namespace", name: "ns", description: "", tools: [{ type: "function", name: "g" }] },
];

/** Sends them all and ends as told; gives the checked last response. */
function play(deltas: readonly Json[], end: string): { wired: Wired; last: Json } {
  const wired = new Wired({ tools });
  for (const delta of deltas) wired.delta(delta);
  if (end === "cut") wired.face.cut(settled, wired.observer);
  else wired.delta({}, end).face.complete(settled, wired.observer);
  return { wired, last: checkSequence(wired.seen) };
}
const anyDeltas = fc.array(anyDelta, { maxLength: 25 });
const anyEnd = fc.constantFrom("stop", "length", "cut", "tool_calls");

describe("any chunks whatever", () => {
  it("make a sequence without a fault", () => {
    fc.assert(
      fc.property(anyDeltas, anyEnd, (deltas, end) => {
        play(deltas, end);
      }),
      { numRuns: 500 },
    );
  });

  it("say to the official SDK what was said", async () => {
    await fc.assert(
      fc.asyncProperty(anyDeltas, anyEnd, async (deltas, end) => {
        const { wired, last } = play(deltas, end);
        const read = await readWithSdk(wired.texts);
        expect(read.output_text).toBe(
          deltas.map((delta) => ("content" in delta ? delta.content : "")).join(""),
        );
        expect(read.status).toBe(last.status);
        expect(read.output.map((item) => item.id)).toEqual((last.output as Json[]).map((item) => item.id));
      }),
      { numRuns: 40 },
    );
  }, 20_000);

  it("are checked by what notices every event that is missing", () => {
    const { wired } = play(
      [
        { reasoning_content: "hm" },
        { content: "Hi" },
        { tool_calls: [{ index: 0, id: "a", function: { name: "f", arguments: "{}" } }] },
      ],
      "tool_calls",
    );
    for (const missing of wired.seen.keys()) {
      const rest = wired.seen.filter((_, at) => at !== missing);
      const numbered = rest.map(({ name, event }, at) => ({
        name,
        event: { ...event, sequence_number: at },
      }));
      const { type } = wired.seen[missing]?.event ?? {};
      expect(() => checkSequence(numbered), String(type)).toThrow();
    }
  });
});

/** What the official SDK makes of the events on the wire. */
async function readWithSdk(texts: readonly string[]): Promise<OpenAI.Responses.Response> {
  const client = new OpenAI({
    apiKey: "k",
    maxRetries: 0,
    fetch: async () => new Response(texts.join(""), { headers: { "content-type": "text/event-stream" } }),
  });
  const stream: ResponseStream = client.responses.stream({ model: "m", input: "Hi" });
  return stream.finalResponse();
}

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { close, delta, end, open, STREAMS, start } from "@/e2e/fakes/anthropic-streams";
import type { Json, Settled } from "@/lib/gateway/dialects/api-request";
import { NO_TOKENS } from "@/lib/gateway/price-call";
import { messageFromCompletion } from "./message-from-completion";
import { MessagesFace } from "./messages-face";

const TOKENS = { ...NO_TOKENS, inputTokens: 10, cachedTokens: 90, outputTokens: 20, reasoningTokens: 5 };
const settled = (finishReason: string | null = "stop"): Settled => ({
  tokens: TOKENS,
  chargedNano: 4_120_000n,
  finishReason,
});
const asked = { model: "claude", thinks: true, includeCost: false };

/** What a caller sees of a stream, with Anthropic's own rules checked: blocks one after the other, none left open. */
function see(play: (face: MessagesFace) => void, fields = asked): Json[] {
  const events: Json[] = [];
  const out = {
    event(data: string, name?: string) {
      expect(data).not.toContain("\n");
      const event = JSON.parse(data) as Json;
      expect(name).toBe(event.type);
      events.push(event);
    },
  };
  play(new MessagesFace(out, fields));
  let current: number | null = null;
  let next = 0;
  for (const { type, index } of events) {
    if (type === "content_block_start") {
      expect(current).toBeNull();
      expect(index).toBe(next++);
      current = index as number;
    } else if (type === "content_block_delta") expect(index).toBe(current);
    else if (type === "content_block_stop") {
      expect(index).toBe(current);
      current = null;
    }
  }
  return events;
}

const chunk = (part: Json, finish: string | null = null): Json => ({
  id: "c",
  choices: [{ index: 0, delta: part, finish_reason: finish }],
});
const call = (index: number, more: { id?: string; name?: string; args?: string; extra?: Json }) => ({
  index,
  ...(more.id ? { id: more.id } : {}),
  ...(more.extra ? { extra_content: more.extra } : {}),
  function: { ...(more.name ? { name: more.name } : {}), arguments: more.args ?? "" },
});
const types = (events: readonly Json[]) => events.map((event) => event.type);

/** The blocks that the events amount to, as a client puts them together. */
function blocks(events: readonly Json[]): Json[] {
  const content: Json[] = [];
  for (const event of events) {
    if (event.type === "content_block_start") content.push({ ...(event.content_block as Json), json: "" });
    if (event.type !== "content_block_delta") continue;
    const block = content[event.index as number] ?? {};
    const { type: _type, partial_json: json, ...pieces } = event.delta as Json;
    for (const [name, piece] of Object.entries(pieces)) block[name] = `${block[name] ?? ""}${piece}`;
    block.json = `${block.json}${json ?? ""}`;
  }
  return content.map(({ json, ...block }) => (json ? { ...block, input: JSON.parse(String(json)) } : block));
}

describe("from chunks", () => {
  test("text: the whole sequence, its end only after the settle, usage as settled", () => {
    let before = 0;
    const events = see((face) => {
      face.chunk(chunk({ role: "assistant", content: "" }));
      face.chunk(chunk({ content: "Hel" }));
      face.chunk(chunk({ content: "lo" }, "stop"));
      face.chunk({ choices: [], usage: { prompt_tokens: 1 } });
      before = 5;
      face.complete(settled());
    });
    expect(types(events)).toEqual([
      "message_start",
      "content_block_start",
      "content_block_delta",
      "content_block_delta",
      "content_block_stop",
      "message_delta",
      "message_stop",
    ]);
    expect(types(events.slice(before))).toEqual(["message_delta", "message_stop"]);
    expect(events[0]).toMatchObject({
      message: { type: "message", role: "assistant", model: "claude", content: [], stop_reason: null },
    });
    expect(events[5]).toEqual({
      type: "message_delta",
      delta: { stop_reason: "end_turn", stop_sequence: null },
      usage: {
        input_tokens: 10,
        cache_read_input_tokens: 90,
        cache_creation_input_tokens: 0,
        cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
        output_tokens: 25,
        output_tokens_details: { thinking_tokens: 5 },
      },
    });
  });

  test("the cost, exact, for who asked", () => {
    const events = see(
      (face) => {
        face.chunk(chunk({ content: "Hi" }, "stop"));
        face.complete(settled());
      },
      { ...asked, includeCost: true },
    );
    expect(events.at(-2)).toMatchObject({ usage: { cost: 0.00412 } });
  });

  test.each([
    ["stop", "end_turn"],
    ["length", "max_tokens"],
    ["content_filter", "refusal"],
    ["tool_calls", "end_turn"],
    [null, "end_turn"],
  ])("an answer without tools that finished with %s stopped for %s", (finish, stop) => {
    const events = see((face) => {
      face.chunk(chunk({ content: "Hi" }, finish));
      face.complete(settled(finish));
    });
    expect(events.at(-2)).toMatchObject({ delta: { stop_reason: stop } });
  });

  test("text, then parallel calls as everybody sends them", () => {
    const events = see((face) => {
      face.chunk(chunk({ content: "Looking." }));
      face.chunk(chunk({ tool_calls: [call(0, { id: "call_1", name: "look" })] }));
      face.chunk(chunk({ tool_calls: [call(0, { args: '{"city":' })] }));
      face.chunk(chunk({ tool_calls: [call(0, { args: '"Bern"}' })] }));
      face.chunk(chunk({ tool_calls: [call(1, { id: "call_2", name: "wait" })] }));
      face.chunk(chunk({ tool_calls: [call(2, { id: "call_3", name: "look", args: '{"city":"Chur"}' })] }));
      face.chunk(chunk({}, "tool_calls"));
      face.complete(settled("tool_calls"));
    });
    expect(blocks(events)).toEqual([
      { type: "text", text: "Looking." },
      { type: "tool_use", id: "call_1", name: "look", input: { city: "Bern" } },
      { type: "tool_use", id: "call_2", name: "wait", input: {} },
      { type: "tool_use", id: "call_3", name: "look", input: { city: "Chur" } },
    ]);
    expect(events.at(-2)).toMatchObject({ delta: { stop_reason: "tool_use" } });
  });

  test("arguments are told as they come, not at the end", () => {
    const events = see((face) => {
      face.chunk(chunk({ tool_calls: [call(0, { id: "c", name: "look" })] }));
      face.chunk(chunk({ tool_calls: [call(0, { args: '{"city":' })] }));
    });
    expect(types(events)).toEqual(["message_start", "content_block_start", "content_block_delta"]);
  });

  test("calls whose pieces are mixed up, out of order, or without ids and indexes", () => {
    const mixed = see((face) => {
      face.chunk(chunk({ tool_calls: [call(1, { id: "b", name: "second", args: '{"b":' })] }));
      face.chunk(chunk({ tool_calls: [call(0, { id: "a", name: "first" })] }));
      face.chunk(chunk({ tool_calls: [call(0, { args: '{"a":1}' }), call(1, { args: "2}" })] }));
      face.chunk(chunk({ content: "and text" }));
      face.chunk(chunk({}, "stop"));
      face.complete(settled());
    });
    expect(blocks(mixed)).toEqual([
      { type: "tool_use", id: "b", name: "second", input: { b: 2 } },
      { type: "tool_use", id: "a", name: "first", input: { a: 1 } },
      { type: "text", text: "and text" },
    ]);
    expect(mixed.at(-2)).toMatchObject({ delta: { stop_reason: "tool_use" } });

    const alike = see((face) => {
      face.chunk(chunk({ tool_calls: [call(0, { id: "a", name: "first", args: "{}" })] }));
      face.chunk(chunk({ tool_calls: [call(0, { id: "b", name: "second", args: "{}" })] }));
      face.chunk(chunk({ tool_calls: [{ function: { name: "third" } }] }, "tool_calls"));
      face.complete(settled("tool_calls"));
    });
    expect(blocks(alike)).toMatchObject([{ id: "a" }, { id: "b" }, { name: "third", input: {} }]);
  });

  test("a call without an id gets one; one that never had a name is none", () => {
    const events = see((face) => {
      face.chunk(chunk({ tool_calls: [{ index: 0, function: { name: "look", arguments: "{}" } }] }));
      face.chunk(chunk({ tool_calls: [{ index: 1, id: "x", function: { arguments: "{}" } }] }, "tool_calls"));
      face.complete(settled("tool_calls"));
    });
    expect(blocks(events)).toEqual([
      { type: "tool_use", id: expect.stringMatching(/^toolu_\w{24}$/), name: "look", input: {} },
    ]);
  });

  test("thinking before text, with its signature where it has one", () => {
    const format = "anthropic-claude-v1";
    const events = see((face) => {
      face.chunk(chunk({ reasoning_content: "Let me " }));
      face.chunk(chunk({ reasoning: "think." }));
      face.chunk(
        chunk({ reasoning_details: [{ type: "reasoning.text", signature: "sig", format, index: 0 }] }),
      );
      face.chunk(
        chunk({ reasoning_details: [{ type: "reasoning.encrypted", data: "enc", format, index: 1 }] }),
      );
      face.chunk(chunk({ reasoning_details: [{ type: "reasoning.text", text: "More.", format, index: 2 }] }));
      face.chunk(chunk({ content: "Yes." }, "stop"));
      face.complete(settled());
    });
    expect(blocks(events)).toEqual([
      { type: "thinking", thinking: "Let me think.", signature: "sig" },
      { type: "redacted_thinking", data: "enc" },
      { type: "thinking", thinking: "More.", signature: "" },
      { type: "text", text: "Yes." },
    ]);
  });

  test("who asked for no thinking is shown none", () => {
    const events = see(
      (face) => {
        face.chunk(chunk({ reasoning_content: "Hm." }));
        face.chunk(chunk({ content: "Yes." }, "stop"));
        face.complete(settled());
      },
      { ...asked, thinks: false },
    );
    expect(blocks(events)).toEqual([{ type: "text", text: "Yes." }]);
  });

  test("what another vendor wants back with a tool's result is told before the call, sealed", () => {
    const events = see((face) => {
      const detail = { type: "reasoning.encrypted", data: "enc", format: "openai-responses-v1", index: 0 };
      face.chunk(chunk({ reasoning_content: "Hm.", reasoning_details: [detail] }));
      const extra = { google: { thought_signature: "g" } };
      face.chunk(
        chunk({ tool_calls: [call(0, { id: "a", name: "look", args: "{}", extra })] }, "tool_calls"),
      );
      face.complete(settled("tool_calls"));
    });
    const [thinking, sealed, used] = blocks(events);
    expect(thinking).toEqual({
      type: "thinking",
      thinking: "Hm.",
      signature: 'tg1:{"field":"reasoning_content"}',
    });
    expect(sealed).toMatchObject({
      type: "redacted_thinking",
      data: expect.stringMatching(/^tg1:.*enc.*"a".*"g"/),
    });
    expect(used).toMatchObject({ type: "tool_use", id: "a" });
  });

  test("a refusal is text, and the reason of the stop", () => {
    const events = see((face) => {
      face.chunk(chunk({ refusal: "I cannot." }, "stop"));
      face.complete(settled());
    });
    expect(blocks(events)).toEqual([{ type: "text", text: "I cannot." }]);
    expect(events.at(-2)).toMatchObject({ delta: { stop_reason: "refusal" } });
  });

  test("an empty answer, and one that never began, are whole streams", () => {
    const empty = ["message_start", "message_delta", "message_stop"];
    expect(types(see((face) => face.complete(settled())))).toEqual(empty);
    expect(
      types(
        see((face) => {
          face.chunk(chunk({ role: "assistant" }, "stop"));
          face.complete(settled());
        }),
      ),
    ).toEqual(empty);
  });

  test("the balance ends it: what is open is closed, and it says max_tokens", () => {
    const events = see((face) => {
      face.chunk(chunk({ content: "Hi" }));
      face.chunk(chunk({ tool_calls: [call(0, { id: "a", name: "look", args: '{"ci' })] }));
      face.cut(settled("length"));
    });
    expect(types(events).slice(-3)).toEqual(["content_block_stop", "message_delta", "message_stop"]);
    expect(events.at(-2)).toMatchObject({ delta: { stop_reason: "max_tokens" } });
  });

  test("a failure is an error event, and nothing after it", () => {
    const body = '{"type":"error","error":{"type":"overloaded_error","message":"no"}}';
    const events = see((face) => {
      face.chunk(chunk({ content: "Hi" }));
      face.fail(body);
    });
    expect(events.at(-1)).toEqual(JSON.parse(body));
    expect(types(events)).not.toContain("message_stop");
  });

  test("whatever order pieces come in, blocks come one after the other and nothing is lost", () => {
    const piece = fc.oneof(
      fc.record({ content: fc.string() }),
      fc.record({ reasoning_content: fc.string() }),
      fc.record({
        tool_calls: fc.array(
          fc.record({
            index: fc.integer({ min: 0, max: 3 }),
            function: fc.record({ arguments: fc.constantFrom("", "{", "}", '"a":1', "{}") }),
          }),
          { maxLength: 3 },
        ),
      }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const texts: string[] = [];
        const events: Json[] = [];
        const face = new MessagesFace({ event: (data) => void events.push(JSON.parse(data)) }, asked);
        for (const at of [0, 1, 2, 3])
          face.chunk(chunk({ tool_calls: [call(at, { id: `c${at}`, name: "look" })] }));
        for (const part of pieces) {
          if ("content" in part) texts.push(part.content);
          face.chunk(chunk(part as Json));
        }
        face.complete(settled());
        const deltas = events.filter((event) => event.type === "content_block_delta");
        const told = deltas.map((event) => (event.delta as { text?: string }).text ?? "").join("");
        expect(told).toBe(texts.join(""));
        const starts = events.filter((event) => event.type === "content_block_start");
        expect(starts.filter((event) => (event.content_block as Json).type === "tool_use")).toHaveLength(4);
        expect(types(events).filter((type) => type === "content_block_stop")).toHaveLength(starts.length);
      }),
    );
  });
});

describe("Anthropic's own events", () => {
  const play = (events: readonly Json[], fields = asked) => {
    const sent: { data: string; name: string | undefined }[] = [];
    const face = new MessagesFace({ event: (data, name) => void sent.push({ data, name }) }, fields);
    for (const event of events) face.native(JSON.stringify(event), event, String(event.type));
    return { sent, face };
  };

  test.each(Object.keys(STREAMS))("%s: passed on as they came, the end only after the settle", (name) => {
    const events = (STREAMS[name] ?? []).filter((event) => event.type !== "ping");
    const { sent, face } = play(events);
    expect(sent).toHaveLength(events.length - 2);
    face.complete(settled());
    expect(sent).toEqual(events.map((event) => ({ data: JSON.stringify(event), name: event.type })));
  });

  test("the cost is added to the last usage for who asked", () => {
    const { sent, face } = play(STREAMS.text ?? [], { ...asked, includeCost: true });
    face.complete(settled());
    expect(JSON.parse(sent.at(-2)?.data ?? "")).toMatchObject({
      usage: { output_tokens: 15, cost: 0.00412 },
    });
  });

  test("an end that the upstream forgot is written", () => {
    const begun = [start(), open(0, { type: "text", text: "" }), close(0)];
    const { sent, face } = play([...begun, end("max_tokens")]);
    face.complete(settled());
    expect(sent.map(({ name }) => name).slice(-2)).toEqual(["message_delta", "message_stop"]);
    const without = play(begun);
    without.face.complete(settled("length"));
    expect(JSON.parse(without.sent.at(-2)?.data ?? "")).toMatchObject({
      delta: { stop_reason: "max_tokens" },
    });
  });

  test("the balance ends it: open blocks are closed", () => {
    const begun = [
      start(),
      open(0, { type: "text", text: "" }),
      delta(0, { type: "text_delta", text: "Hi" }),
    ];
    const { sent, face } = play(begun);
    face.cut(settled("length"));
    expect(sent.slice(3).map(({ data }) => JSON.parse(data))).toMatchObject([
      { type: "content_block_stop", index: 0 },
      { type: "message_delta", delta: { stop_reason: "max_tokens" }, usage: { output_tokens: 25 } },
      { type: "message_stop" },
    ]);
  });

  test("data over several lines is written on one", () => {
    const { sent, face } = play([]);
    face.native('{"type":\n"message_start"}', { type: "message_start" }, null);
    expect(sent[0]).toEqual({ data: '{"type":"message_start"}', name: "message_start" });
  });
});

describe("whole answers", () => {
  test("a completion is a message with the same blocks", () => {
    const message = {
      role: "assistant",
      content: "Looking.",
      reasoning_content: "Hm.",
      tool_calls: [
        { id: "a", type: "function", function: { name: "look", arguments: '{"city":"Bern"}' } },
        { id: "b", type: "function", function: { name: "wait", arguments: "" } },
        { id: "c", type: "function", function: { name: "odd", arguments: "[1" } },
      ],
    };
    const completion = { id: "x", choices: [{ index: 0, message, finish_reason: "tool_calls" }] };
    expect(messageFromCompletion(completion, settled("tool_calls"), { ...asked, includeCost: true })).toEqual(
      {
        id: expect.stringMatching(/^msg_\w+$/),
        type: "message",
        role: "assistant",
        model: "claude",
        content: [
          { type: "thinking", thinking: "Hm.", signature: 'tg1:{"field":"reasoning_content"}' },
          { type: "text", text: "Looking." },
          { type: "tool_use", id: "a", name: "look", input: { city: "Bern" } },
          { type: "tool_use", id: "b", name: "wait", input: {} },
          { type: "tool_use", id: "c", name: "odd", input: { arguments: "[1" } },
        ],
        stop_reason: "tool_use",
        stop_sequence: null,
        usage: expect.objectContaining({ input_tokens: 10, output_tokens: 25, cost: expect.any(String) }),
      },
    );
  });

  test("an answer with nothing in it", () => {
    const completion = {
      choices: [{ message: { role: "assistant", content: null }, finish_reason: "stop" }],
    };
    expect(messageFromCompletion(completion, settled(), asked)).toMatchObject({
      content: [],
      stop_reason: "end_turn",
    });
    expect(messageFromCompletion({}, settled(null), asked)).toMatchObject({ content: [] });
  });
});

/** Streams as Anthropic's API sends them, event for event; texts and ids are made up. Source: docs, "Streaming messages". */

export type Event = Record<string, unknown> & { type: string };

const ID = "msg_01FakeFakeFakeFakeFakeFak";

export function sse(event: Event): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

export function start(usage: object = { input_tokens: 25, output_tokens: 1 }, model = "claude-fake"): Event {
  return {
    type: "message_start",
    message: {
      id: ID,
      type: "message",
      role: "assistant",
      model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage,
    },
  };
}

export const PING: Event = { type: "ping" };
export const STOP: Event = { type: "message_stop" };

export function open(index: number, block: object): Event {
  return { type: "content_block_start", index, content_block: block };
}

export function delta(index: number, part: object): Event {
  return { type: "content_block_delta", index, delta: part };
}

export function close(index: number): Event {
  return { type: "content_block_stop", index };
}

export function end(stopReason: string, usage: object = { output_tokens: 15 }, more: object = {}): Event {
  return {
    type: "message_delta",
    delta: { stop_reason: stopReason, stop_sequence: null, ...more },
    usage,
  };
}

export function text(index: number, ...pieces: string[]): Event[] {
  return [
    open(index, { type: "text", text: "" }),
    ...pieces.map((piece) => delta(index, { type: "text_delta", text: piece })),
    close(index),
  ];
}

export function tool(index: number, id: string, name: string, ...pieces: string[]): Event[] {
  return [
    open(index, { type: "tool_use", id, name, input: {} }),
    ...pieces.map((piece) => delta(index, { type: "input_json_delta", partial_json: piece })),
    close(index),
  ];
}

export function thinking(index: number, signature: string, ...pieces: string[]): Event[] {
  return [
    open(index, { type: "thinking", thinking: "", signature: "" }),
    ...pieces.map((piece) => delta(index, { type: "thinking_delta", thinking: piece })),
    delta(index, { type: "signature_delta", signature }),
    close(index),
  ];
}

export function failure(type: string, message: string): Event {
  return { type: "error", error: { type, message } };
}

export const STREAMS: Readonly<Record<string, readonly Event[]>> = {
  text: [start(), PING, ...text(0, "Hello", ", ", "world!"), end("end_turn"), STOP],
  tools: [
    start({ input_tokens: 472, output_tokens: 2 }),
    ...text(0, "Okay, ", "let me look."),
    ...tool(1, "toolu_01Weather", "get_weather", "", '{"location":', ' "Bern"', "}"),
    end("tool_use", { output_tokens: 89 }),
    STOP,
  ],
  parallel: [
    start({ input_tokens: 500, output_tokens: 2 }),
    ...tool(0, "toolu_01First", "get_weather", '{"location":"Bern"}'),
    ...tool(1, "toolu_02Second", "get_time"),
    ...tool(2, "toolu_03Third", "get_weather", '{"location":', '"Chur"}'),
    end("tool_use", { output_tokens: 120 }),
    STOP,
  ],
  thinking: [
    start({ input_tokens: 80, output_tokens: 4 }),
    ...thinking(0, "sigEqQBCgIYAhIM1gbcDa9GJwZA", "Let me ", "think."),
    open(1, { type: "redacted_thinking", data: "EmwKAhgBEgy3va3pzix" }),
    close(1),
    ...text(2, "27 * 453 = 12,231"),
    end("end_turn", { output_tokens: 90, output_tokens_details: { thinking_tokens: 70 } }),
    STOP,
  ],
  cache: [
    start({
      input_tokens: 21,
      cache_creation_input_tokens: 700,
      cache_read_input_tokens: 188_086,
      cache_creation: { ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 600 },
      output_tokens: 1,
      service_tier: "standard",
    }),
    ...text(0, "From", " the cache"),
    end("end_turn", {
      input_tokens: 21,
      cache_creation_input_tokens: 700,
      cache_read_input_tokens: 188_086,
      output_tokens: 393,
    }),
    STOP,
  ],
};

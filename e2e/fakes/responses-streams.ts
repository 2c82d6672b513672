type Json = Record<string, unknown>;

/** Streams in the shape in which OpenAI's Responses API sends them, with short ids. */
const response: Json = {
  id: "resp_68af4030592c81938ec0a5fbab4a3e9f",
  object: "response",
  created_at: 1_756_315_696,
  status: "in_progress",
  background: false,
  error: null,
  incomplete_details: null,
  instructions: null,
  max_output_tokens: null,
  max_tool_calls: null,
  model: "gpt-5-2025-08-07",
  output: [],
  parallel_tool_calls: true,
  previous_response_id: null,
  prompt_cache_key: null,
  reasoning: { effort: "medium", summary: "detailed" },
  safety_identifier: null,
  service_tier: "auto",
  store: false,
  temperature: 1,
  text: { format: { type: "text" }, verbosity: "medium" },
  tool_choice: "auto",
  tools: [],
  top_logprobs: 0,
  top_p: 1,
  truncation: "disabled",
  usage: null,
  user: null,
  metadata: {},
};

export const NATIVE_USAGE = {
  input_tokens: 1_420,
  input_tokens_details: { cached_tokens: 1_024 },
  output_tokens: 75,
  output_tokens_details: { reasoning_tokens: 64 },
  total_tokens: 1_495,
};

const thought = { type: "summary_text", text: "**Thinking**\n\nTwo and two." };
const reasoning = { id: "rs_1", type: "reasoning", encrypted_content: "gAAAAABor0Aw", summary: [thought] };
const text = { type: "output_text", annotations: [], logprobs: [], text: "Four." };
const message = { id: "msg_1", type: "message", status: "completed", content: [text], role: "assistant" };
const call = {
  id: "fc_1",
  type: "function_call",
  status: "completed",
  arguments: '{"city":"Bern"}',
  call_id: "call_1",
  name: "look_up",
};
const custom = {
  id: "ctc_1",
  type: "custom_tool_call",
  status: "completed",
  call_id: "call_2",
  input: "*** Begin",
  name: "apply_patch",
};

const begin: Json[] = [
  { type: "response.created", response },
  { type: "response.in_progress", response },
];

const reasoningEvents: Json[] = [
  { type: "response.output_item.added", output_index: 0, item: { ...reasoning, summary: [] } },
  {
    type: "response.reasoning_summary_part.added",
    item_id: "rs_1",
    output_index: 0,
    summary_index: 0,
    part: { type: "summary_text", text: "" },
  },
  {
    type: "response.reasoning_summary_text.delta",
    item_id: "rs_1",
    output_index: 0,
    summary_index: 0,
    delta: "**Thinking**",
    obfuscation: "x1",
  },
  {
    type: "response.reasoning_summary_text.delta",
    item_id: "rs_1",
    output_index: 0,
    summary_index: 0,
    delta: "\n\nTwo and two.",
    obfuscation: "9",
  },
  {
    type: "response.reasoning_summary_text.done",
    item_id: "rs_1",
    output_index: 0,
    summary_index: 0,
    text: thought.text,
  },
  {
    type: "response.reasoning_summary_part.done",
    item_id: "rs_1",
    output_index: 0,
    summary_index: 0,
    part: thought,
  },
  { type: "response.output_item.done", output_index: 0, item: reasoning },
];

const textEvents: Json[] = [
  {
    type: "response.output_item.added",
    output_index: 1,
    item: { ...message, status: "in_progress", content: [] },
  },
  {
    type: "response.content_part.added",
    item_id: "msg_1",
    output_index: 1,
    content_index: 0,
    part: { ...text, text: "" },
  },
  {
    type: "response.output_text.delta",
    item_id: "msg_1",
    output_index: 1,
    content_index: 0,
    delta: "Fo",
    logprobs: [],
    obfuscation: "ab",
  },
  {
    type: "response.output_text.delta",
    item_id: "msg_1",
    output_index: 1,
    content_index: 0,
    delta: "ur.",
    logprobs: [],
    obfuscation: "c",
  },
  {
    type: "response.output_text.done",
    item_id: "msg_1",
    output_index: 1,
    content_index: 0,
    text: "Four.",
    logprobs: [],
  },
  { type: "response.content_part.done", item_id: "msg_1", output_index: 1, content_index: 0, part: text },
  { type: "response.output_item.done", output_index: 1, item: message },
];

const callEvents: Json[] = [
  {
    type: "response.output_item.added",
    output_index: 1,
    item: { ...call, status: "in_progress", arguments: "" },
  },
  { type: "response.function_call_arguments.delta", item_id: "fc_1", output_index: 1, delta: '{"city":' },
  { type: "response.function_call_arguments.delta", item_id: "fc_1", output_index: 1, delta: '"Bern"}' },
  {
    type: "response.function_call_arguments.done",
    item_id: "fc_1",
    output_index: 1,
    name: "look_up",
    arguments: call.arguments,
  },
  { type: "response.output_item.done", output_index: 1, item: call },
  {
    type: "response.output_item.added",
    output_index: 2,
    item: { ...custom, status: "in_progress", input: "" },
  },
  { type: "response.custom_tool_call_input.delta", item_id: "ctc_1", output_index: 2, delta: "*** Begin" },
  { type: "response.custom_tool_call_input.done", item_id: "ctc_1", output_index: 2, input: "*** Begin" },
  { type: "response.output_item.done", output_index: 2, item: custom },
];

function end(type: "completed" | "incomplete", output: readonly Json[], more: Json = {}): Json {
  return {
    type: `response.${type}`,
    response: { ...response, status: type, output, usage: NATIVE_USAGE, ...more },
  };
}

function numbered(events: readonly Json[]): Json[] {
  return events.map(({ type, ...fields }, at) => ({ type, sequence_number: at, ...fields }));
}

/** Thoughts and a text. */
export const TEXT_STREAM = numbered([
  ...begin,
  ...reasoningEvents,
  ...textEvents,
  end("completed", [reasoning, message]),
]);

/** Thoughts, a function call and a call of a custom tool. */
export const TOOLS_STREAM = numbered([
  ...begin,
  ...reasoningEvents,
  ...callEvents,
  end("completed", [reasoning, call, custom]),
]);

/** Thoughts that used up max_output_tokens. */
export const INCOMPLETE_STREAM = numbered([
  ...begin,
  ...reasoningEvents,
  end("incomplete", [reasoning], { incomplete_details: { reason: "max_output_tokens" } }),
]);

/** It breaks after the first words. */
export const FAILED_STREAM = numbered([
  ...begin,
  ...reasoningEvents,
  ...textEvents.slice(0, 3),
  {
    type: "response.failed",
    response: {
      ...response,
      status: "failed",
      error: {
        code: "server_error",
        message: "An error occurred while processing your request (sk-upstreamsecret1).",
      },
    },
  },
]);

/** It says that it begins, and then finds why it cannot. */
export function failingAtOnce(code: string, message: string): Json[] {
  const failed = { ...response, status: "failed", error: { code, message } };
  return numbered([...begin, { type: "response.failed", response: failed }]);
}

/** An error that belongs to no response. */
export const ERROR_STREAM = numbered([
  {
    type: "error",
    code: "rate_limit_exceeded",
    message: "Rate limit reached for gpt-5 in organization org-upstream1.",
    param: null,
  },
]);

/** The whole of a stream's answer, as a plain one. */
export function plainOf(stream: readonly Json[]): Json {
  return stream.at(-1)?.response as Json;
}

/** An event as it goes over the wire. */
export function sse(event: Json): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

const FINISH_REASONS: Readonly<Record<string, string>> = {
  end_turn: "stop",
  stop_sequence: "stop",
  pause_turn: "stop",
  compaction: "stop",
  max_tokens: "length",
  model_context_window_exceeded: "length",
  tool_use: "tool_calls",
  refusal: "content_filter",
};

/** A message's `stop_reason` in the words of the chat dialect. Source: Anthropic, "Handling stop reasons". */
export function finishReasonOf(stopReason: string): string {
  return FINISH_REASONS[stopReason] ?? "stop";
}

const STOP_REASONS: Readonly<Record<string, string>> = {
  stop: "end_turn",
  length: "max_tokens",
  tool_calls: "tool_use",
  function_call: "tool_use",
  content_filter: "refusal",
};

/** A `finish_reason` as a message's: tools that were called count, whatever the upstream calls its end. */
export function stopReasonOf(finishReason: string | null, calledTools: boolean): string {
  const reason = STOP_REASONS[finishReason ?? "stop"] ?? "end_turn";
  if (calledTools && reason === "end_turn") return "tool_use";
  return !calledTools && reason === "tool_use" ? "end_turn" : reason;
}

import type { Json, Settled } from "@/lib/gateway/dialects/api-request";
import { cutBytes } from "@/lib/gateway/dialects/chat/scan-body";
import { COST_MARK } from "@/lib/gateway/dialects/cost-mark";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { responsesFromBuckets } from "@/lib/gateway/upstreams/responses/responses-usage";
import { randomBase62 } from "@/lib/ids";
import type { ResponsesFields } from "./parse-responses";

/**
 * A response that has only begun: what the caller asked for, as SDKs read it back, and nothing of the answer.
 * Source: OpenAI API reference, "The response object".
 */
export function beginResponse(fields: ResponsesFields): Json {
  const { body, scan, instructions } = fields;
  const given = (name: string, otherwise: unknown = null): unknown => body[name] ?? otherwise;
  return {
    id: `resp_${randomBase62(32)}`,
    object: "response",
    created_at: Math.floor(Date.now() / 1000),
    status: "in_progress",
    background: false,
    completed_at: null,
    error: null,
    incomplete_details: null,
    instructions: instructions !== null && cutBytes(scan, instructions) === 0 ? instructions : null,
    max_output_tokens: fields.maxTokens,
    max_tool_calls: given("max_tool_calls"),
    model: fields.model,
    output: [],
    parallel_tool_calls: given("parallel_tool_calls", true),
    previous_response_id: null,
    prompt_cache_key: given("prompt_cache_key"),
    reasoning: { effort: null, summary: null, ...objectOr(body.reasoning) },
    safety_identifier: given("safety_identifier"),
    service_tier: "default",
    store: false,
    temperature: given("temperature", 1),
    text: { format: { type: "text" }, ...objectOr(body.text) },
    tool_choice: fields.toolChoice ?? "auto",
    tools: fields.tools,
    top_logprobs: given("top_logprobs", 0),
    top_p: given("top_p", 1),
    truncation: given("truncation", "disabled"),
    usage: null,
    user: given("user"),
    metadata: given("metadata", {}),
  };
}

const objectOr = (value: unknown): Json => (isObject(value) ? value : {});

export type Ending = "completed" | "max_output_tokens" | "content_filter";

/** How a response ends, from the finish reason of a chat completion. */
export function endingOf(finishReason: string | null): Ending {
  if (finishReason === "length") return "max_output_tokens";
  return finishReason === "content_filter" ? "content_filter" : "completed";
}

/** The whole response. Its cost, where it is wanted, stands as COST_MARK. */
export function endResponse(
  begun: Json,
  output: readonly Json[],
  ending: Ending,
  settled: Settled,
  includeCost: boolean,
): Json {
  const usage = responsesFromBuckets(settled.tokens);
  return {
    ...begun,
    status: ending === "completed" ? "completed" : "incomplete",
    completed_at: ending === "completed" ? Math.floor(Date.now() / 1000) : null,
    incomplete_details: ending === "completed" ? null : { reason: ending },
    output,
    usage: includeCost ? { ...usage, cost: COST_MARK } : usage,
  };
}

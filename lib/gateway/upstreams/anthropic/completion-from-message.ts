import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { openAiFromBuckets } from "@/lib/gateway/upstreams/openai-usage";
import { bucketsFromAnthropic } from "./anthropic-usage";
import { finishReasonOf } from "./stop-reason";
import { redactedDetail, thoughtDetail } from "./thinking-details";

/** A whole message of Anthropic's as a chat completion: text, thinking with its signatures, tool calls. */
export function completionFromMessage(body: Json): Json {
  const blocks = Array.isArray(body.content) ? (body.content as unknown[]).filter(isObject) : [];
  let text = "";
  let reasoning = "";
  const details: Json[] = [];
  const calls: Json[] = [];
  for (const block of blocks) {
    if (block.type === "text" && typeof block.text === "string") text += block.text;
    else if (block.type === "thinking" && typeof block.thinking === "string") {
      reasoning += block.thinking;
      const signature = typeof block.signature === "string" ? block.signature : null;
      details.push(thoughtDetail(block.thinking, signature, details.length));
    } else if (block.type === "redacted_thinking" && typeof block.data === "string") {
      details.push(redactedDetail(block.data, details.length));
    } else if (block.type === "tool_use") {
      calls.push({
        id: block.id,
        type: "function",
        function: { name: block.name, arguments: JSON.stringify(block.input ?? {}) },
      });
    }
  }
  const refusal = refusalOf(body.stop_details);
  const message: Json = {
    role: "assistant",
    content: text === "" && (calls.length > 0 || refusal !== null) ? null : text,
    ...(refusal === null ? {} : { refusal }),
    ...(reasoning === "" ? {} : { reasoning_content: reasoning }),
    ...(details.length > 0 ? { reasoning_details: details } : {}),
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  };
  const usage = bucketsFromAnthropic(body.usage);
  const finish = typeof body.stop_reason === "string" ? finishReasonOf(body.stop_reason) : "stop";
  return {
    id: body.id,
    object: "chat.completion",
    created: Math.floor(Date.now() / 1000),
    model: body.model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: finish }],
    ...(usage ? { usage: openAiFromBuckets(usage) } : {}),
  };
}

/** Why Claude refused, where it says so. */
export function refusalOf(stopDetails: unknown): string | null {
  if (!isObject(stopDetails) || stopDetails.type !== "refusal") return null;
  const { explanation } = stopDetails;
  return typeof explanation === "string" && explanation !== "" ? explanation : null;
}

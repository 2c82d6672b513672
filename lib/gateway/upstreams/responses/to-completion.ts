import type { Json } from "@/lib/gateway/dialects/api-request";
import { encryptedDetail, partsOf } from "./chunk-maker";
import { ResponsesObserver } from "./responses-observer";

/** A whole response as a chat completion. */
export function completionFromResponse(response: Json): Json {
  const observer = new ResponsesObserver();
  observer.whole(response);
  const texts: string[] = [];
  const refusals: string[] = [];
  const thoughts: string[] = [];
  const details: Json[] = [];
  const calls: Json[] = [];
  const logprobs: unknown[] = [];
  for (const [at, item] of partsOf(response.output).entries()) {
    const { type, call_id: id, name } = item;
    if (type === "message") {
      for (const part of partsOf(item.content)) {
        if (typeof part.text === "string") texts.push(part.text);
        if (typeof part.refusal === "string") refusals.push(part.refusal);
        if (Array.isArray(part.logprobs)) logprobs.push(...part.logprobs);
      }
    } else if (type === "reasoning") {
      for (const part of partsOf(item.summary, item.content)) {
        if (typeof part.text === "string") thoughts.push(part.text);
      }
      if (typeof item.encrypted_content === "string") details.push(encryptedDetail(item, at));
    } else if (type === "function_call") {
      calls.push({ id, type: "function", function: { name, arguments: item.arguments } });
    } else if (type === "custom_tool_call") {
      calls.push({ id, type: "custom", custom: { name, input: item.input } });
    }
  }
  const message = {
    role: "assistant",
    content: texts.length > 0 ? texts.join("") : null,
    refusal: refusals.length > 0 ? refusals.join("") : null,
    ...(thoughts.length > 0 ? { reasoning_content: thoughts.join("\n\n") } : {}),
    ...(details.length > 0 ? { reasoning_details: details } : {}),
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  };
  const choice = {
    index: 0,
    message,
    logprobs: logprobs.length > 0 ? { content: logprobs } : null,
    finish_reason: observer.finishReason ?? "stop",
  };
  return {
    id: observer.id,
    object: "chat.completion",
    created: observer.created,
    model: observer.model,
    choices: [choice],
  };
}

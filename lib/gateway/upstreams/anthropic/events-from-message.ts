import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";

/** What a block looks like before its content comes, and the deltas that bring it. */
function unfold(block: Json): { empty: Json; deltas: Json[] } {
  switch (block.type) {
    case "text":
      return { empty: { ...block, text: "" }, deltas: [{ type: "text_delta", text: block.text }] };
    case "thinking": {
      const deltas: Json[] = [{ type: "thinking_delta", thinking: block.thinking }];
      if (typeof block.signature === "string")
        deltas.push({ type: "signature_delta", signature: block.signature });
      return { empty: { ...block, thinking: "", signature: "" }, deltas };
    }
    case "tool_use": {
      const json = JSON.stringify(block.input ?? {});
      return { empty: { ...block, input: {} }, deltas: [{ type: "input_json_delta", partial_json: json }] };
    }
    default:
      return { empty: block, deltas: [] };
  }
}

/** A whole message as the events of a stream. Source: Anthropic docs, "Streaming messages". */
export function eventsFromMessage(body: Json): { json: Json; name: string }[] {
  const events: Json[] = [];
  const usage = isObject(body.usage) ? body.usage : {};
  const message = { ...body, content: [], stop_reason: null, stop_sequence: null };
  events.push({ type: "message_start", message: { ...message, usage: { ...usage, output_tokens: 0 } } });
  const blocks = Array.isArray(body.content) ? (body.content as unknown[]).filter(isObject) : [];
  for (const [index, block] of blocks.entries()) {
    const { empty, deltas } = unfold(block);
    events.push({ type: "content_block_start", index, content_block: empty });
    for (const delta of deltas) events.push({ type: "content_block_delta", index, delta });
    events.push({ type: "content_block_stop", index });
  }
  const { stop_reason: reason = "end_turn", stop_sequence: sequence = null } = body;
  events.push({ type: "message_delta", delta: { stop_reason: reason, stop_sequence: sequence }, usage });
  events.push({ type: "message_stop" });
  return events.map((json) => ({ json, name: String(json.type) }));
}

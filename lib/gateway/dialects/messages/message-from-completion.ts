import type { Json, Settled } from "@/lib/gateway/dialects/api-request";
import { COST_MARK } from "@/lib/gateway/dialects/cost-mark";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { anthropicFromBuckets } from "@/lib/gateway/upstreams/anthropic/anthropic-usage";
import { stopReasonOf } from "@/lib/gateway/upstreams/anthropic/stop-reason";
import { randomBase62 } from "@/lib/ids";
import { BlocksFromChunks } from "./blocks-from-chunks";
import type { MessagesFields } from "./parse-messages";

/** A whole chat completion as a message of Anthropic's: the same blocks that a stream of it would have. */
export function messageFromCompletion(
  completion: Json,
  settled: Settled,
  fields: Pick<MessagesFields, "model" | "thinks" | "includeCost">,
): Json {
  const content: Json[] = [];
  const blocks = new BlocksFromChunks(
    { event: (data) => fold(content, JSON.parse(data) as Json) },
    fields.thinks,
  );
  const choice = Array.isArray(completion.choices) ? (completion.choices as unknown[])[0] : null;
  if (isObject(choice) && isObject(choice.message)) blocks.delta(numberedCalls(choice.message));
  blocks.finish();
  const usage = anthropicFromBuckets(settled.tokens);
  if (fields.includeCost) usage.cost = COST_MARK;
  return {
    id: `msg_${randomBase62(24)}`,
    type: "message",
    role: "assistant",
    model: fields.model,
    content: content.map(whole),
    stop_reason: blocks.refused ? "refusal" : stopReasonOf(settled.finishReason, blocks.calledTools),
    stop_sequence: null,
    usage,
  };
}

/** In a whole message calls have no index: their order is it. */
function numberedCalls(message: Json): Json {
  if (!Array.isArray(message.tool_calls)) return message;
  const calls = (message.tool_calls as unknown[]).filter(isObject);
  return { ...message, tool_calls: calls.map((call, index) => ({ ...call, index })) };
}

/** One event of a block, put into the content so far. */
function fold(content: Json[], event: Json): void {
  if (event.type === "content_block_start" && isObject(event.content_block)) {
    content.push(event.content_block);
    return;
  }
  const block = content.at(-1);
  if (event.type !== "content_block_delta" || !isObject(event.delta) || !block) return;
  const { type: _type, ...pieces } = event.delta;
  for (const [name, piece] of Object.entries(pieces))
    block[name] = `${String(block[name] ?? "")}${String(piece)}`;
}

/** A tool's input is an object in a whole message. */
function whole(block: Json): Json {
  if (block.type !== "tool_use") return block;
  const { partial_json: json, ...rest } = block;
  return { ...rest, input: inputOf(String(json)) };
}

function inputOf(json: string): Json {
  try {
    const input: unknown = JSON.parse(json);
    return isObject(input) ? input : { arguments: input };
  } catch {
    return { arguments: json };
  }
}

import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { refusalOf } from "./completion-from-message";
import { finishReasonOf } from "./stop-reason";
import { redactedDetail, thoughtDetail } from "./thinking-details";

/** A block of the stream that is still open. */
interface OpenBlock {
  /** Among the tool calls, or among the reasoning details; -1 for text. */
  place: number;
  isTool: boolean;
  /** Input that came whole with the block's beginning, until something follows. */
  input: string;
  argued: boolean;
}

const IGNORED: OpenBlock = { place: -1, isTool: false, input: "", argued: true };

/** The events of Anthropic's stream as chunks of the chat dialect, one after the other. */
export class ChunksFromEvents {
  private id = "";
  private model = "";
  private readonly created = Math.floor(Date.now() / 1000);
  private readonly open = new Map<unknown, OpenBlock>();
  private tools = 0;
  private details = 0;

  next(event: Json): Json[] {
    switch (event.type) {
      case "message_start":
        return this.start(event.message);
      case "content_block_start":
        return isObject(event.content_block) ? this.begin(event.index, event.content_block) : [];
      case "content_block_delta":
        return isObject(event.delta) ? this.go(this.open.get(event.index) ?? IGNORED, event.delta) : [];
      case "content_block_stop":
        return this.close(event.index);
      case "message_delta":
        return isObject(event.delta) ? this.finish(event.delta) : [];
      default:
        return [];
    }
  }

  private chunk(delta: Json, finishReason: string | null = null): Json {
    return {
      id: this.id,
      object: "chat.completion.chunk",
      created: this.created,
      model: this.model,
      choices: [{ index: 0, delta, finish_reason: finishReason }],
    };
  }

  private start(message: unknown): Json[] {
    if (isObject(message)) {
      if (typeof message.id === "string") this.id = message.id;
      if (typeof message.model === "string") this.model = message.model;
    }
    return [this.chunk({ role: "assistant", content: "" })];
  }

  private begin(at: unknown, block: Json): Json[] {
    if (block.type === "tool_use") {
      const hasInput = isObject(block.input) && Object.keys(block.input).length > 0;
      const opened = {
        place: this.tools++,
        isTool: true,
        input: hasInput ? JSON.stringify(block.input) : "{}",
        argued: false,
      };
      this.open.set(at, opened);
      const called = { name: block.name, arguments: "" };
      return [
        this.chunk({
          tool_calls: [{ index: opened.place, id: block.id, type: "function", function: called }],
        }),
      ];
    }
    if (block.type === "thinking") {
      const opened = { ...IGNORED, place: this.details++ };
      this.open.set(at, opened);
      return this.go(opened, block);
    }
    if (block.type === "redacted_thinking" && typeof block.data === "string") {
      return [this.chunk({ reasoning_details: [redactedDetail(block.data, this.details++)] })];
    }
    return block.type === "text" ? this.go(IGNORED, block) : [];
  }

  private go(block: OpenBlock, delta: Json): Json[] {
    const { text, thinking, signature, partial_json: json } = delta;
    if (typeof json === "string") {
      if (json === "" || !block.isTool) return [];
      block.argued = true;
      return [this.argument(block, json)];
    }
    if (typeof text === "string") return text === "" ? [] : [this.chunk({ content: text })];
    const chunks: Json[] = [];
    if (typeof thinking === "string" && thinking !== "") {
      const detail = thoughtDetail(thinking, null, block.place);
      chunks.push(this.chunk({ reasoning_content: thinking, reasoning_details: [detail] }));
    }
    if (typeof signature === "string" && signature !== "") {
      chunks.push(this.chunk({ reasoning_details: [thoughtDetail("", signature, block.place)] }));
    }
    return chunks;
  }

  private argument(block: OpenBlock, json: string): Json {
    return this.chunk({ tool_calls: [{ index: block.place, function: { arguments: json } }] });
  }

  /** A call whose arguments never came has those of its beginning, or none. */
  private close(at: unknown): Json[] {
    const block = this.open.get(at);
    this.open.delete(at);
    return block?.isTool && !block.argued ? [this.argument(block, block.input)] : [];
  }

  private finish(delta: Json): Json[] {
    if (typeof delta.stop_reason !== "string") return [];
    const refusal = refusalOf(delta.stop_details);
    const last = this.chunk({}, finishReasonOf(delta.stop_reason));
    return refusal === null ? [last] : [this.chunk({ refusal }), last];
  }
}

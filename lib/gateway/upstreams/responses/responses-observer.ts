import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { AnswerObserver } from "@/lib/gateway/upstreams/answer-observer";
import { bucketsFromResponses } from "./responses-usage";

/** Events that bring answer text, and those that bring thoughts; each with its text in `delta`. */
const TEXT_DELTAS = new Set([
  "response.output_text.delta",
  "response.refusal.delta",
  "response.function_call_arguments.delta",
  "response.custom_tool_call_input.delta",
  "response.code_interpreter_call_code.delta",
  "response.mcp_call_arguments.delta",
  "response.audio.transcript.delta",
]);
const THOUGHT_DELTAS = new Set(["response.reasoning_summary_text.delta", "response.reasoning_text.delta"]);

/** Watches one answer of the Responses API go by, plain or as events. Source: OpenAI API reference, "Streaming events". */
export class ResponsesObserver extends AnswerObserver {
  /** Items whose text came piece by piece, by output_index; of others the finished item is all there is. */
  private readonly streamed = new Set<number>();
  private calledTools = false;

  event(event: Json): void {
    const { type, delta } = event;
    if (typeof type !== "string") return;
    if (typeof delta === "string") {
      if (TEXT_DELTAS.has(type)) this.piece(event, () => this.write(delta));
      else if (THOUGHT_DELTAS.has(type)) this.piece(event, () => this.think(delta));
      return;
    }
    if (type === "response.output_item.added") this.itemBegins(event.item);
    else if (type === "response.output_item.done") this.itemEnds(event);
    else if (isObject(event.response)) this.response(event.response, type);
  }

  /** A response object: the beginning of a stream, its end, or a whole plain answer's frame. */
  private response(response: Json, type: string): void {
    if (this.id === "" && typeof response.id === "string") {
      this.id = response.id;
      if (typeof response.created_at === "number") this.created = response.created_at;
      if (typeof response.model === "string") this.model = response.model;
    }
    this.usage = bucketsFromResponses(response.usage) ?? this.usage;
    const { status } = response;
    if (type === "response.completed" || status === "completed") {
      this.finishReason = this.calledTools ? "tool_calls" : "stop";
    } else if (type === "response.incomplete" || status === "incomplete") {
      const reason = isObject(response.incomplete_details) ? response.incomplete_details.reason : null;
      this.finishReason = reason === "content_filter" ? "content_filter" : "length";
    }
  }

  /** A whole answer. */
  whole(response: Json): void {
    if (Array.isArray(response.output)) for (const item of response.output as unknown[]) this.item(item);
    this.response(response, "");
  }

  private piece(event: Json, see: () => void): void {
    if (typeof event.output_index === "number") this.streamed.add(event.output_index);
    see();
  }

  private itemBegins(item: unknown): void {
    if (!isObject(item)) return;
    if (item.type !== "function_call" && item.type !== "custom_tool_call") return;
    this.calledTools = true;
    this.callTool(typeof item.name === "string" ? item.name : "");
  }

  private itemEnds(event: Json): void {
    const { item, output_index: index } = event;
    if (!isObject(item)) return;
    if (typeof index === "number" && this.streamed.has(index)) return;
    if (item.type === "function_call" || item.type === "custom_tool_call") this.calledTools = true;
    this.content(item);
  }

  private item(item: unknown): void {
    if (!isObject(item)) return;
    this.itemBegins(item);
    this.content(item);
  }

  private content(item: Json): void {
    switch (item.type) {
      case "message":
        for (const part of parts(item.content)) {
          if (typeof part.text === "string") this.write(part.text);
          if (typeof part.refusal === "string") this.write(part.refusal);
        }
        return;
      case "reasoning":
        // Thoughts may be hidden altogether; they were had all the same.
        this.delivered = true;
        for (const part of [...parts(item.summary), ...parts(item.content)]) {
          if (typeof part.text === "string") this.think(part.text);
        }
        return;
      case "function_call":
        if (typeof item.arguments === "string") this.write(item.arguments);
        return;
      case "custom_tool_call":
        if (typeof item.input === "string") this.write(item.input);
        return;
      default:
        // Something of the provider's own: a search, a picture, a compaction.
        this.delivered = true;
    }
  }
}

function parts(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { AnswerObserver } from "@/lib/gateway/upstreams/answer-observer";
import { bucketsFromAnthropic, mergeAnthropicUsage } from "./anthropic-usage";
import { finishReasonOf } from "./stop-reason";

/** Watches one message of Anthropic's go by, whole or as the events of a stream. */
export class MessagesObserver extends AnswerObserver {
  private reported: Json | null = null;

  /** One event of a stream. */
  event(event: Json): void {
    switch (event.type) {
      case "message_start":
        if (isObject(event.message)) this.start(event.message);
        // Its output_tokens are those of the beginning.
        this.usageHasOutput = false;
        break;
      case "content_block_start":
        if (isObject(event.content_block)) this.block(event.content_block);
        break;
      case "content_block_delta":
        if (isObject(event.delta)) this.delta(event.delta);
        break;
      case "message_delta":
        if (isObject(event.delta)) this.stop(event.delta.stop_reason);
        this.report(event.usage);
        if (isObject(event.usage)) this.usageHasOutput = true;
        break;
    }
  }

  /** A whole message. */
  message(body: Json): void {
    this.start(body);
    if (Array.isArray(body.content)) {
      for (const block of body.content as unknown[]) if (isObject(block)) this.block(block);
    }
    this.stop(body.stop_reason);
  }

  private start(message: Json): void {
    if (typeof message.id === "string") this.id = message.id;
    if (typeof message.model === "string") this.model = message.model;
    this.created = Math.floor(Date.now() / 1000);
    this.report(message.usage);
  }

  private stop(reason: unknown): void {
    if (typeof reason === "string") this.finishReason = finishReasonOf(reason);
  }

  private report(usage: unknown): void {
    if (!isObject(usage)) return;
    this.reported = mergeAnthropicUsage(this.reported, usage);
    this.usage = bucketsFromAnthropic(this.reported);
  }

  private block(block: Json): void {
    if (block.type === "redacted_thinking") this.delivered = true;
    if (typeof block.text === "string") this.write(block.text);
    if (typeof block.thinking === "string") this.think(block.thinking);
    if (typeof block.signature === "string" && block.signature !== "") this.delivered = true;
    if (block.type !== "tool_use" && block.type !== "server_tool_use") return;
    this.callTool(typeof block.name === "string" ? block.name : "");
    if (isObject(block.input) && Object.keys(block.input).length > 0) this.write(JSON.stringify(block.input));
  }

  private delta(delta: Json): void {
    if (typeof delta.text === "string") this.write(delta.text);
    // A summary of the conversation.
    if (delta.type === "compaction_delta" && typeof delta.content === "string") this.write(delta.content);
    if (typeof delta.partial_json === "string") this.write(delta.partial_json);
    if (typeof delta.thinking === "string") this.think(delta.thinking);
    if (typeof delta.signature === "string") this.delivered = true;
  }
}

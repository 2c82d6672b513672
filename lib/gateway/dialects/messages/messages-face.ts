import type { EventSink, Json, Settled } from "@/lib/gateway/dialects/api-request";
import { COST_MARK, jsonWithCost } from "@/lib/gateway/dialects/cost-mark";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import type { StreamFace } from "@/lib/gateway/dialects/stream-face";
import { anthropicFromBuckets } from "@/lib/gateway/upstreams/anthropic/anthropic-usage";
import { stopReasonOf } from "@/lib/gateway/upstreams/anthropic/stop-reason";
import { randomBase62 } from "@/lib/ids";
import { BlocksFromChunks } from "./blocks-from-chunks";
import type { MessagesFields } from "./parse-messages";

/**
 * A stream of Anthropic's events. Its end, from the `message_delta` with the stop reason on, comes after the settle.
 * Source: Anthropic docs, "Streaming messages".
 */
export class MessagesFace implements StreamFace {
  readonly heartbeat = 'event: ping\ndata: {"type": "ping"}\n\n';
  private readonly blocks: BlocksFromChunks;
  private started = false;
  /** What ends the stream, as the upstream sent it. */
  private held: { data: string; event: Json; name: string }[] = [];
  /** Blocks of an upstream's own events that have begun and not stopped. */
  private readonly open = new Set<unknown>();

  constructor(
    private readonly out: EventSink,
    private readonly fields: Pick<MessagesFields, "model" | "thinks" | "includeCost">,
  ) {
    this.blocks = new BlocksFromChunks(out, fields.thinks);
  }

  native(data: string, event: Json, name: string | null): void {
    const type = typeof event.type === "string" ? event.type : (name ?? "message");
    if (this.held.length > 0 || type === "message_stop" || isLastDelta(event)) {
      this.held.push({ data, event, name: type });
      return;
    }
    this.started = true;
    if (type === "content_block_start") this.open.add(event.index);
    if (type === "content_block_stop") this.open.delete(event.index);
    this.out.event(oneLine(data, event), type);
  }

  chunk(chunk: Json): void {
    this.start();
    if (!Array.isArray(chunk.choices)) return;
    for (const choice of chunk.choices as unknown[]) {
      if (!isObject(choice) || (typeof choice.index === "number" && choice.index !== 0)) continue;
      if (isObject(choice.delta)) this.blocks.delta(choice.delta);
      if (typeof choice.finish_reason === "string") this.blocks.finish();
    }
  }

  complete(settled: Settled): void {
    this.start();
    this.blocks.finish();
    const ends = this.held.some(({ name }) => name === "message_delta");
    if (!ends) this.end(settled, this.stopReason(settled));
    for (const { data, event, name } of this.held) {
      if (name === "message_stop") continue;
      if (name === "message_delta" && this.fields.includeCost) {
        const usage = { ...(isObject(event.usage) ? event.usage : {}), cost: COST_MARK };
        this.out.event(jsonWithCost({ ...event, usage }, settled.chargedNano), name);
      } else {
        this.out.event(oneLine(data, event), name);
      }
    }
    this.stop();
  }

  cut(settled: Settled): void {
    this.start();
    this.blocks.finish();
    for (const index of this.open) this.send({ type: "content_block_stop", index });
    this.end(settled, "max_tokens");
    this.stop();
  }

  fail(errorBody: string): void {
    this.out.event(errorBody, "error");
  }

  private stopReason(settled: Settled): string {
    return this.blocks.refused ? "refusal" : stopReasonOf(settled.finishReason, this.blocks.calledTools);
  }

  /** The upstream counts its input at the end; until then there is nothing to say. */
  private start(): void {
    if (this.started) return;
    this.started = true;
    this.send({
      type: "message_start",
      message: {
        id: `msg_${randomBase62(24)}`,
        type: "message",
        role: "assistant",
        model: this.fields.model,
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { input_tokens: 0, output_tokens: 0 },
      },
    });
  }

  private end(settled: Settled, stopReason: string): void {
    const usage = anthropicFromBuckets(settled.tokens);
    if (this.fields.includeCost) usage.cost = COST_MARK;
    const delta = { stop_reason: stopReason, stop_sequence: null };
    const event = { type: "message_delta", delta, usage };
    this.out.event(jsonWithCost(event, settled.chargedNano), "message_delta");
  }

  private stop(): void {
    this.send({ type: "message_stop" });
  }

  private send(event: Json): void {
    this.out.event(JSON.stringify(event), String(event.type));
  }
}

/** Whether an event says why the message stopped: then nothing of its content comes after it. */
function isLastDelta(event: Json): boolean {
  return (
    event.type === "message_delta" && isObject(event.delta) && typeof event.delta.stop_reason === "string"
  );
}

/** Data of several lines cannot be written as it came. */
function oneLine(data: string, event: Json): string {
  return data.includes("\n") ? JSON.stringify(event) : data;
}

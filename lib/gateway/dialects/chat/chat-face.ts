import type { EventSink, Json, Settled } from "@/lib/gateway/dialects/api-request";
import { COST_MARK, jsonWithCost } from "@/lib/gateway/dialects/cost-mark";
import type { StreamFace } from "@/lib/gateway/dialects/stream-face";
import type { AnswerObserver } from "@/lib/gateway/upstreams/answer-observer";
import { openAiFromBuckets } from "@/lib/gateway/upstreams/openai-usage";

const DONE = "[DONE]";

/**
 * A stream of chat completion chunks. Usage goes only to who asked for it, in the very last chunk, after the settle.
 * Source: OpenAI API reference, "The chat completion chunk object".
 */
export class ChatFace implements StreamFace {
  readonly heartbeat = ": keep-alive\n\n";
  /** The upstream's own last chunk, kept until the end. */
  private lastUsage: Json | null = null;
  /** Answers that have begun and not finished. */
  private readonly open = new Set<number>();

  constructor(
    private readonly out: EventSink,
    private readonly includeUsage: boolean,
    private readonly includeCost: boolean,
  ) {}

  native(data: string, chunk: Json): void {
    const { choices } = chunk;
    const hasUsage = chunk.usage !== undefined && chunk.usage !== null;
    if (hasUsage && Array.isArray(choices) && choices.length === 0) {
      this.lastUsage = chunk;
      return;
    }
    if (Array.isArray(choices)) for (const choice of choices as unknown[]) this.follow(choice);
    if (hasUsage && !this.includeUsage) {
      delete chunk.usage;
      this.out.event(JSON.stringify(chunk));
    } else {
      this.out.event(data.includes("\n") ? JSON.stringify(chunk) : data);
    }
  }

  chunk(chunk: Json): void {
    this.native(JSON.stringify(chunk), chunk);
  }

  complete(settled: Settled, observer: AnswerObserver): void {
    if (this.includeUsage) {
      const last = this.lastUsage ?? {
        ...this.frame(observer),
        choices: [],
        usage: openAiFromBuckets(settled.tokens),
      };
      if (this.includeCost) {
        const usage = { ...(last.usage as Json), cost: COST_MARK };
        this.out.event(jsonWithCost({ ...last, usage }, settled.chargedNano));
      } else {
        this.out.event(JSON.stringify(last));
      }
    }
    this.out.event(DONE);
  }

  cut(settled: Settled, observer: AnswerObserver): void {
    for (const index of this.open) {
      this.out.event(JSON.stringify({ ...this.frame(observer), choices: [this.cutChoice(index)] }));
    }
    this.complete(settled, observer);
  }

  fail(errorBody: string): void {
    this.out.event(errorBody);
    this.out.event(DONE);
  }

  /** What every chunk of one answer has in common. */
  protected frame(observer: AnswerObserver): Json {
    return {
      id: observer.id || "chatcmpl-tollgate",
      object: "chat.completion.chunk",
      created: observer.created || Math.floor(Date.now() / 1000),
      model: observer.model,
    };
  }

  /** The end of an answer that the balance cut. */
  protected cutChoice(index: number): Json {
    return { index, delta: {}, finish_reason: "length" };
  }

  protected follow(choice: unknown): void {
    if (typeof choice !== "object" || choice === null) return;
    const { index, finish_reason: reason } = choice as { index?: unknown; finish_reason?: unknown };
    const at = typeof index === "number" ? index : 0;
    if (typeof reason === "string") this.open.delete(at);
    else this.open.add(at);
  }
}

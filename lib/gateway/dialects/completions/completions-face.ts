import type { EventSink, Json, Settled } from "@/lib/gateway/dialects/api-request";
import { COST_MARK, jsonWithCost } from "@/lib/gateway/dialects/cost-mark";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import type { StreamFace } from "@/lib/gateway/dialects/stream-face";
import type { AnswerObserver } from "@/lib/gateway/upstreams/answer-observer";
import { openAiFromBuckets } from "@/lib/gateway/upstreams/openai-usage";

const DONE = "[DONE]";

/**
 * A stream of legacy completions. Usage goes only to who asked for it, in the very last chunk, after the settle.
 * Source: OpenAI API reference, "The completion object".
 */
export class CompletionsFace implements StreamFace {
  readonly heartbeat = ": keep-alive\n\n";
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

  /** Of a chat, only the text that is answered; thoughts and the first, empty chunk have no place here. */
  chunk(chunk: Json): void {
    const choices = (Array.isArray(chunk.choices) ? (chunk.choices as unknown[]) : []).filter(isObject);
    for (const choice of choices) {
      const delta = isObject(choice.delta) ? choice.delta : {};
      const text = typeof delta.content === "string" ? delta.content : "";
      const reason = typeof choice.finish_reason === "string" ? choice.finish_reason : null;
      this.follow(choice);
      if (text === "" && reason === null) continue;
      this.out.event(
        JSON.stringify({
          id: chunk.id,
          object: "text_completion",
          created: chunk.created,
          model: chunk.model,
          choices: [{ text, index: indexOf(choice), logprobs: null, finish_reason: reason }],
        }),
      );
    }
  }

  complete(settled: Settled, observer: AnswerObserver): void {
    if (this.includeUsage) {
      const usage = { ...openAiFromBuckets(settled.tokens), ...(this.lastUsage?.usage as Json | undefined) };
      const last = { ...frame(observer), choices: [], ...this.lastUsage, usage };
      if (this.includeCost) {
        this.out.event(jsonWithCost({ ...last, usage: { ...usage, cost: COST_MARK } }, settled.chargedNano));
      } else {
        this.out.event(JSON.stringify(this.lastUsage ?? last));
      }
    }
    this.out.event(DONE);
  }

  cut(settled: Settled, observer: AnswerObserver): void {
    for (const index of this.open) {
      const choices = [{ text: "", index, logprobs: null, finish_reason: "length" }];
      this.out.event(JSON.stringify({ ...frame(observer), choices }));
    }
    this.complete(settled, observer);
  }

  fail(errorBody: string): void {
    this.out.event(errorBody);
    this.out.event(DONE);
  }

  private follow(choice: unknown): void {
    if (!isObject(choice)) return;
    if (typeof choice.finish_reason === "string") this.open.delete(indexOf(choice));
    else this.open.add(indexOf(choice));
  }
}

const indexOf = (choice: Json): number => (typeof choice.index === "number" ? choice.index : 0);

/** What every chunk of one answer has in common. */
function frame(observer: AnswerObserver): Json {
  return {
    id: observer.id || "cmpl-tollgate",
    object: "text_completion",
    created: observer.created || Math.floor(Date.now() / 1000),
    model: observer.model,
  };
}

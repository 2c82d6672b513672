import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { AnswerObserver } from "@/lib/gateway/upstreams/answer-observer";
import { bucketsFromOpenAi } from "@/lib/gateway/upstreams/openai-usage";

/** Watches a legacy completion go by; a chunk of a stream has the shape of a whole one. */
export class CompletionsObserver extends AnswerObserver {
  /** Answers (by index) that have not finished. */
  private readonly open = new Set<number>();

  override get finished(): boolean {
    return this.finishReason !== null && this.open.size === 0;
  }

  see(body: Json): void {
    if (this.id === "" && typeof body.id === "string") {
      this.id = body.id;
      if (typeof body.created === "number") this.created = body.created;
      if (typeof body.model === "string") this.model = body.model;
    }
    this.usage = bucketsFromOpenAi(body.usage) ?? this.usage;
    for (const choice of Array.isArray(body.choices) ? (body.choices as unknown[]) : []) {
      if (!isObject(choice)) continue;
      const index = typeof choice.index === "number" ? choice.index : 0;
      if (typeof choice.text === "string") this.write(choice.text);
      if (typeof choice.finish_reason === "string") {
        this.finishReason = choice.finish_reason;
        this.open.delete(index);
      } else {
        this.open.add(index);
      }
    }
  }
}

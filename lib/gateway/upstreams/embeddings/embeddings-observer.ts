import type { TokenBuckets } from "@/lib/gateway/price-call";
import { AnswerObserver } from "@/lib/gateway/upstreams/answer-observer";

/** Watches a list of vectors: whether there are any, and what they used. They finish by being there. */
export class EmbeddingsObserver extends AnswerObserver {
  constructor(vectors: number, usage: TokenBuckets | null) {
    super();
    this.delivered = vectors > 0;
    this.usage = usage;
    this.finishReason = "stop";
  }
}

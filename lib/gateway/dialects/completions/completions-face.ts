import type { Json } from "@/lib/gateway/dialects/api-request";
import { ChatFace } from "@/lib/gateway/dialects/chat/chat-face";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import type { AnswerObserver } from "@/lib/gateway/upstreams/answer-observer";
import { legacyLogprobs } from "./legacy-logprobs";

/**
 * A stream of legacy completions: its chunks differ from those of a chat only in what stands in a choice.
 * Source: OpenAI API reference, "The completion object".
 */
export class CompletionsFace extends ChatFace {
  /** How much text of each answer has been told. */
  private readonly lengths = new Map<unknown, number>();

  /** Of a chat, only the text that is answered; thoughts and the first, empty chunk have no place here. */
  override chunk(chunk: Json): void {
    const choices = (Array.isArray(chunk.choices) ? (chunk.choices as unknown[]) : []).filter(isObject);
    for (const choice of choices) {
      const { index = 0, delta, finish_reason: reason = null } = choice;
      const text = isObject(delta) && typeof delta.content === "string" ? delta.content : "";
      const offset = this.lengths.get(index) ?? 0;
      const logprobs = legacyLogprobs(choice.logprobs, offset);
      if (text === "" && reason === null && logprobs === null) {
        this.follow(choice);
        continue;
      }
      this.lengths.set(index, offset + text.length);
      const { id, created, model } = chunk;
      const choices = [{ text, index, logprobs, finish_reason: reason }];
      super.chunk({ id, object: "text_completion", created, model, choices });
    }
  }

  protected override frame(observer: AnswerObserver): Json {
    return { ...super.frame(observer), id: observer.id || "cmpl-tollgate", object: "text_completion" };
  }

  protected override cutChoice(index: number): Json {
    return { text: "", index, logprobs: null, finish_reason: "length" };
  }
}

import { AnswerObserver } from "@/lib/gateway/upstreams/answer-observer";
import { bucketsFromOpenAi } from "@/lib/gateway/upstreams/openai-usage";

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null;

/**
 * Watches one answer in the chat dialect go by, plain or in chunks: the usage that the upstream reports, whether
 * anything was delivered, how it finished, and its text for as long as it is needed for counting.
 */
export class ChatObserver extends AnswerObserver {
  /** Answers (by index) that have not finished; an answer opens with its first chunk. */
  private readonly open = new Set<number>();

  override get finished(): boolean {
    return this.finishReason !== null && this.open.size === 0;
  }

  /** One parsed chunk of a stream. */
  chunk(chunk: Json): void {
    if (this.id === "" && typeof chunk.id === "string") {
      this.id = chunk.id;
      if (typeof chunk.created === "number") this.created = chunk.created;
      if (typeof chunk.model === "string") this.model = chunk.model;
    }
    if (chunk.usage !== undefined && chunk.usage !== null) this.report(chunk.usage);
    if (!Array.isArray(chunk.choices)) return;
    for (const choice of chunk.choices as unknown[]) {
      if (!isObject(choice)) continue;
      const index = typeof choice.index === "number" ? choice.index : 0;
      if (isObject(choice.delta)) this.answer(choice.delta);
      if (typeof choice.finish_reason === "string") {
        this.finishReason = choice.finish_reason;
        this.open.delete(index);
      } else {
        this.open.add(index);
      }
    }
  }

  /** A whole answer. */
  completion(body: Json): void {
    if (body.usage !== undefined && body.usage !== null) this.report(body.usage);
    if (!Array.isArray(body.choices)) return;
    for (const choice of body.choices as unknown[]) {
      if (!isObject(choice)) continue;
      if (isObject(choice.message)) this.answer(choice.message);
      if (typeof choice.finish_reason === "string") this.finishReason = choice.finish_reason;
    }
  }

  private report(usage: unknown): void {
    this.usage = bucketsFromOpenAi(usage) ?? this.usage;
  }

  private answer(part: Json): void {
    if (typeof part.content === "string") this.write(part.content);
    else if (Array.isArray(part.content)) this.write(JSON.stringify(part.content));
    if (typeof part.refusal === "string") this.write(part.refusal);
    const thought = part.reasoning_content ?? part.reasoning;
    if (typeof thought === "string") this.think(thought);
    if (Array.isArray(part.tool_calls)) for (const call of part.tool_calls as unknown[]) this.tool(call);
    if (isObject(part.function_call)) this.tool({ function: part.function_call });
    if (Array.isArray(part.images) && part.images.length > 0) this.delivered = true;
    if (isObject(part.audio)) {
      this.delivered = true;
      if (typeof part.audio.transcript === "string") this.write(part.audio.transcript);
    }
  }

  private tool(call: unknown): void {
    if (!isObject(call)) return;
    const called = isObject(call.function) ? call.function : isObject(call.custom) ? call.custom : null;
    this.callTool(typeof called?.name === "string" ? called.name : "");
    if (!called) return;
    const given = called.arguments ?? called.input;
    if (typeof given === "string") this.write(given);
  }
}

import type { Json } from "@/lib/gateway/dialects/api-request";
import { AnswerObserver } from "@/lib/gateway/upstreams/answer-observer";
import { blockReason, type GeminiCandidate, isBroken, readCandidates, toFinishReason } from "./gemini-parts";
import { bucketsFromGemini } from "./gemini-usage";

/** Watches one answer of Gemini's go by, whole or event by event. */
export class GeminiObserver extends AnswerObserver {
  /** Set when an answer ended without being one, and why. */
  broken: string | null = null;
  /** Answers (by index) that have begun and not finished. */
  private readonly open = new Set<number>();
  private readonly withCalls = new Set<number>();
  /** Something other than thoughts was seen. */
  private answered = false;

  override get finished(): boolean {
    return this.finishReason !== null && this.open.size === 0;
  }

  /** A whole response, or one event of a stream. */
  see(body: Json): void {
    if (this.id === "" && typeof body.responseId === "string") this.id = body.responseId;
    if (this.model === "" && typeof body.modelVersion === "string") this.model = body.modelVersion;
    if (this.created === 0) this.created = Math.floor(Date.now() / 1000);
    // The totals so far; the last ones are the answer's.
    this.usage = bucketsFromGemini(body.usageMetadata) ?? this.usage;
    if (blockReason(body) !== null) this.finishReason = "content_filter";
    for (const candidate of readCandidates(body)) this.seeCandidate(candidate);
  }

  private seeCandidate(candidate: GeminiCandidate): void {
    for (const part of candidate.parts) {
      if (part.kind === "thought") {
        this.think(part.text);
        continue;
      }
      if (part.kind === "text") {
        this.write(part.text);
        if (part.text !== "") this.answered = true;
        continue;
      }
      this.answered = true;
      this.delivered = true;
      if (part.kind === "call") {
        this.withCalls.add(candidate.index);
        this.callTool(part.name);
        this.write(part.args);
      }
    }
    if (candidate.finishReason === null) {
      this.open.add(candidate.index);
      return;
    }
    this.open.delete(candidate.index);
    this.finishReason = toFinishReason(candidate.finishReason, this.withCalls.has(candidate.index));
    if (isBroken(candidate.finishReason) && !this.answered) this.broken = candidate.finishReason;
  }
}

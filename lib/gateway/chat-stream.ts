import type { CatalogModel, CatalogRoute } from "@/lib/catalog/types";
import type { Hold } from "@/lib/gateway/admit";
import type { Call } from "@/lib/gateway/call";
import { ChatSource, type ChatSourceListener } from "@/lib/gateway/chat-source";
import { finishChunk, usageChunk } from "@/lib/gateway/dialects/chat/chat-chunks";
import type { ChatRequest } from "@/lib/gateway/dialects/chat/parse-chat";
import { renderOpenAiError } from "@/lib/gateway/dialects/render-error";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { measureCall } from "@/lib/gateway/measure-call";
import { NO_TOKENS } from "@/lib/gateway/price-call";
import { settleCall } from "@/lib/gateway/settle-call";
import { StreamBudget } from "@/lib/gateway/stream-budget";
import { StreamClient } from "@/lib/gateway/stream-client";
import type { Ticking } from "@/lib/gateway/ticker";
import { failureError, type UpstreamFailure } from "@/lib/gateway/upstream-failure";
import type { UpstreamTarget } from "@/lib/gateway/upstreams/openai-compatible";
import type { CallFacts } from "@/lib/gateway/usage-row";
import { writeCheckpoint } from "@/lib/gateway/write-checkpoint";
import { log } from "@/lib/log";

/** How a stream that delivered something came to its end. */
type Ending =
  | { how: "complete" }
  /** The hold is spent and the wallet gives no more. */
  | { how: "spent" }
  | { how: "gone" }
  | { how: "fault"; error: GatewayError; outcome: "upstream_error" | "interrupted" };

type Began = { began: true };
const GONE: UpstreamFailure = { failed: true, kind: "gone" };
const DONE = "[DONE]";

/** One streamed answer in the chat dialect, from its first try to its settled end. */
export class ChatStream implements ChatSourceListener, Ticking {
  private readonly client: StreamClient;
  private readonly budget: StreamBudget;
  private source: ChatSource | null = null;
  /** Told how the try that is running went; null once something was delivered. */
  private onTried: ((result: Began | UpstreamFailure) => void) | null = null;
  private ending: Ending | null = null;
  private onEnding: (() => void) | null = null;
  private lastUsage: string | null = null;
  private checkpointMs = 0;

  constructor(
    private readonly call: Call,
    private readonly chat: ChatRequest,
    private readonly model: CatalogModel,
    private readonly hold: Hold,
  ) {
    const headers: Record<string, string> = {};
    if (hold.sendCap) headers["x-max-tokens-clamped"] = String(hold.capTokens);
    this.client = new StreamClient(call, headers, () => this.onPause());
    this.budget = new StreamBudget(call, model, hold, chat.answers, () => this.onPause());
  }

  /** Asks one route; resolves once its first chunk is there, or it failed before. */
  attempt(route: CatalogRoute, target: UpstreamTarget, body: Buffer): Promise<Began | UpstreamFailure> {
    if (this.call.gone || this.ending) return Promise.resolve(GONE);
    return new Promise((resolve) => {
      this.onTried = resolve;
      this.source = new ChatSource(this.call.services, route, this);
      this.source.start(target, body);
    });
  }

  onChunk(chunk: Record<string, unknown>, data: string): void {
    const hasUsage = chunk.usage !== undefined && chunk.usage !== null;
    if (hasUsage && Array.isArray(chunk.choices) && chunk.choices.length === 0) {
      // Usage goes only to who asked for it, in the very last chunk, after the settle.
      this.lastUsage = JSON.stringify(chunk);
    } else if (hasUsage && !this.chat.includeUsage) {
      delete chunk.usage;
      this.client.event(JSON.stringify(chunk));
    } else {
      this.client.event(data.includes("\n") ? JSON.stringify(chunk) : data);
    }
    this.checkpointMs ||= performance.now();
    this.tried({ began: true });
  }

  /** After every piece of the stream: send what there is, and see whether the hold still covers it. */
  onPause(): void {
    const { source } = this;
    if (this.ending || this.onTried || !source) return;
    const room = this.client.flush();
    const state = this.budget.check(source.observer);
    if (state === "spent") this.end({ how: "spent" });
    else if (state === "wait" || !room) source.pause();
    else source.resume();
  }

  onDone(): void {
    if (this.onTried) this.tried({ failed: true, kind: "malformed", detail: "a stream without a chunk" });
    else this.end({ how: "complete" });
  }

  onFail(failure: UpstreamFailure): void {
    if (this.onTried) {
      this.tried(failure);
      return;
    }
    const { requestId, services } = this.call;
    const { kind, detail } = failure;
    log.warn(
      { requestId, connection: this.source?.route.connection.name, kind, detail },
      "an upstream broke off in the middle of an answer",
    );
    services.metrics.upstreamFailures.inc({ kind: `stream_${kind}` });
    // In the middle of an answer the caller's request can no longer be to blame.
    const error =
      kind === "timeout"
        ? new GatewayError("upstream_timeout")
        : new GatewayError("upstream_unavailable", {
            message: "The provider broke off in the middle of the answer. Try again.",
          });
    this.end({ how: "fault", error, outcome: "upstream_error" });
  }

  tick(nowMs: number): void {
    this.client.tick(nowMs);
    if (this.ending || this.onTried || !this.source?.observer.delivered) return;
    if (nowMs - this.checkpointMs < this.call.services.limits.checkpointMs) return;
    this.checkpointMs = nowMs;
    writeCheckpoint(this.call, this.chat, this.hold, this.source.observer, this.known(0));
  }

  /** The caller hung up: nothing more is fetched, and what was delivered until now is charged. */
  clientGone(): void {
    if (this.onTried) {
      this.source?.abort();
      this.tried(GONE);
    } else {
      this.end({ how: "gone" });
    }
  }

  /** The process ends: the answer is cut with an error that says so. */
  cutByShutdown(): void {
    const error = new GatewayError("service_unavailable", { retryAfterMs: 1_000 });
    this.end({ how: "fault", error, outcome: "interrupted" });
    this.tried(GONE);
  }

  private tried(result: Began | UpstreamFailure): void {
    const resolve = this.onTried;
    this.onTried = null;
    resolve?.(result);
  }

  private end(ending: Ending): void {
    if (this.ending) return;
    this.ending = ending;
    if (ending.how !== "complete") this.source?.abort();
    this.onEnding?.();
  }

  /** Waits for the end of a stream that has begun, settles it, and only then tells the caller. */
  async run(fallbacks: number): Promise<void> {
    if (!this.ending) {
      await new Promise<void>((resolve) => {
        this.onEnding = resolve;
      });
    }
    const ending: Ending = this.ending ?? { how: "complete" };
    const { call, chat, model, hold, client } = this;
    const observer = this.source?.observer;
    if (!observer) throw new Error("a stream that never began has no end");
    const measured = await measureCall(call, {
      chat,
      model,
      hold,
      observer,
      complete: ending.how === "complete",
    });
    const facts: CallFacts = { ...this.known(fallbacks), ...measured.facts, httpStatus: 200 };
    if (ending.how === "spent") Object.assign(facts, { outcome: "cut", finishReason: "length" });
    if (ending.how === "gone") Object.assign(facts, { outcome: "cancelled", httpStatus: 499 });
    if (ending.how === "fault")
      Object.assign(facts, { outcome: ending.outcome, errorCode: ending.error.code });
    try {
      await settleCall(call, hold, facts, measured.money);
    } catch {
      this.tellError(new GatewayError("service_unavailable"));
      return;
    }
    if (ending.how === "fault") {
      this.tellError(ending.error);
      return;
    }
    if (ending.how === "spent") {
      for (const index of observer.open) client.event(finishChunk(observer, index, "length"));
    }
    if (chat.includeUsage) {
      client.event(this.lastUsage ?? usageChunk(observer, measured.facts.tokens ?? NO_TOKENS));
    }
    client.event(DONE);
    client.end();
  }

  /** Every route failed, or the caller left, before anything was delivered: nothing is charged. */
  async failBeforeOutput(failure: UpstreamFailure, route: CatalogRoute, fallbacks: number): Promise<void> {
    const cut = this.ending?.how === "fault" ? this.ending.error : null;
    const error = cut ?? (failure.kind === "gone" ? null : failureError(failure, route));
    const facts: CallFacts = {
      ...this.known(fallbacks),
      outcome: error ? "upstream_error" : "cancelled",
      httpStatus: error ? error.status : 499,
      errorCode: error?.code ?? null,
    };
    await settleCall(this.call, this.hold, facts, { costNano: 0n });
    if (!error) return;
    if (!this.client.begun) throw error;
    this.tellError(error);
  }

  private tellError(error: GatewayError): void {
    const { requestId, services } = this.call;
    this.client.event(renderOpenAiError(error, requestId, services.publicUrl).body);
    this.client.event(DONE);
    this.client.end();
  }

  private known(fallbacks: number) {
    const { model, hold, source } = this;
    return {
      model,
      hold,
      route: source?.route ?? null,
      sentMs: source?.sentMs ?? null,
      firstByteMs: source?.firstByteMs ?? null,
      fallbacks,
      streamed: true,
    };
  }
}

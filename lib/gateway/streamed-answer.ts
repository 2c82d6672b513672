import type { CatalogModel, CatalogRoute } from "@/lib/catalog/types";
import type { Hold } from "@/lib/gateway/admit";
import { type AnswerListener, AnswerSource } from "@/lib/gateway/answer-source";
import { buildUpstream } from "@/lib/gateway/build-upstream";
import type { Call } from "@/lib/gateway/call";
import type { ApiRequest, Json } from "@/lib/gateway/dialects/api-request";
import { renderError } from "@/lib/gateway/dialects/render-error";
import type { StreamFace } from "@/lib/gateway/dialects/stream-face";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { measureCall } from "@/lib/gateway/measure-call";
import { NO_TOKENS } from "@/lib/gateway/price-call";
import { settleCall } from "@/lib/gateway/settle-call";
import { StreamBudget } from "@/lib/gateway/stream-budget";
import { StreamClient } from "@/lib/gateway/stream-client";
import type { Ticking } from "@/lib/gateway/ticker";
import { isFailure, type Tried } from "@/lib/gateway/try-routes";
import { failureError, type UpstreamFailure } from "@/lib/gateway/upstream-failure";
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

/** One streamed answer in any dialect, from its first try to its settled end. */
export class StreamedAnswer implements AnswerListener, Ticking {
  /** In the ticker. */
  place = -1;
  private readonly client: StreamClient;
  private readonly face: StreamFace;
  private readonly budget: StreamBudget;
  private source: AnswerSource | null = null;
  /** The upstream speaks the caller's dialect. */
  private native = true;
  /** Told how the try that is running went; null once something was delivered. */
  private onTried: ((result: Began | UpstreamFailure) => void) | null = null;
  private ending: Ending | null = null;
  private onEnding: (() => void) | null = null;
  private checkpointMs = 0;

  constructor(
    private readonly call: Call,
    private readonly request: ApiRequest,
    private readonly model: CatalogModel,
    private readonly hold: Hold,
  ) {
    const headers: Record<string, string> = {};
    if (hold.sendCap) headers["x-max-tokens-clamped"] = String(hold.capTokens);
    this.client = new StreamClient(call, headers, () => this.onPause());
    this.face = request.openFace(this.client);
    this.client.heartbeat = this.face.heartbeat;
    this.budget = new StreamBudget(call, model, hold, request.answers, () => this.onPause());
  }

  /** Asks one route; resolves once its first event is there, or it failed before. */
  attempt(route: CatalogRoute): Promise<Began | UpstreamFailure> {
    if (this.call.gone || this.ending) return Promise.resolve(GONE);
    const built = buildUpstream(this.request, this.model, route, this.hold);
    if (isFailure(built)) return Promise.resolve(built);
    return new Promise((resolve) => {
      this.onTried = resolve;
      this.native = built.native;
      this.source = new AnswerSource(this.call.services, route, built.wire, this);
      this.source.start(built.target, built.body);
    });
  }

  onEvent(data: string, event: Json, name: string | null): void {
    if (this.native) this.face.native(data, event, name);
    else for (const chunk of this.source?.stream.toChunks(event) ?? []) this.face.chunk(chunk);
    this.checkpointMs ||= performance.now();
    this.tried({ began: true });
  }

  /** After every piece of the stream: send what there is, and see whether the hold still covers it. */
  onPause(): void {
    const { source } = this;
    if (this.ending || this.onTried || !source) return;
    const room = this.client.flush();
    const state = this.budget.check(source.stream.observer);
    if (state === "spent") this.end({ how: "spent" });
    else if (state === "wait" || !room) source.pause();
    else source.resume();
  }

  onDone(): void {
    if (this.onTried) {
      this.tried({ failed: true, kind: "malformed", detail: "a stream without an event" });
      return;
    }
    if (!this.native && !this.ending) {
      for (const chunk of this.source?.stream.lastChunks?.() ?? []) this.face.chunk(chunk);
    }
    this.end({ how: "complete" });
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
    if (this.source) services.routeHealth.fail(this.source.route);
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
    const observer = this.source?.stream.observer;
    if (this.ending || this.onTried || !observer?.delivered) return;
    if (nowMs - this.checkpointMs < this.call.services.limits.checkpointMs) return;
    this.checkpointMs = nowMs;
    writeCheckpoint(this.call, this.request, this.hold, observer, this.known(null));
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
  async run(tried: Tried<Began>): Promise<void> {
    if (!this.ending) {
      await new Promise<void>((resolve) => {
        this.onEnding = resolve;
      });
    }
    const ending: Ending = this.ending ?? { how: "complete" };
    const { call, request, model, hold, face } = this;
    const observer = this.source?.stream.observer;
    if (!observer) throw new Error("a stream that never began has no end");
    const complete = ending.how === "complete";
    const measured = await measureCall(call, { request, model, hold, observer, complete });
    const facts: CallFacts = { ...this.known(tried), ...measured.facts, httpStatus: 200 };
    if (ending.how === "spent") Object.assign(facts, { outcome: "cut", finishReason: "length" });
    if (ending.how === "gone") Object.assign(facts, { outcome: "cancelled", httpStatus: 499 });
    if (ending.how === "fault")
      Object.assign(facts, { outcome: ending.outcome, errorCode: ending.error.code });
    let chargedNano: bigint;
    try {
      ({ chargedNano } = await settleCall(call, hold, facts, measured.money));
    } catch {
      this.tellError(new GatewayError("service_unavailable"));
      return;
    }
    if (ending.how === "fault") {
      this.tellError(ending.error);
      return;
    }
    const { tokens = NO_TOKENS, finishReason = null } = facts;
    const settled = { tokens, chargedNano, finishReason };
    if (ending.how === "spent") face.cut(settled, observer);
    else face.complete(settled, observer);
    this.client.end();
  }

  /** Every route failed, or the caller left, before anything was delivered: nothing is charged. */
  async failBeforeOutput(failure: UpstreamFailure, tried: Tried<Began>): Promise<void> {
    const cut = this.ending?.how === "fault" ? this.ending.error : null;
    const error = cut ?? (failure.kind === "gone" ? null : failureError(failure, tried.route));
    const refused = failure.kind === "unsupported";
    const facts: CallFacts = {
      ...this.known(tried),
      outcome: error ? (refused ? "refused" : "upstream_error") : "cancelled",
      httpStatus: error ? error.status : 499,
      errorCode: error?.code ?? null,
    };
    await settleCall(this.call, this.hold, facts, { costNano: 0n });
    if (!error) return;
    if (!this.client.begun) throw error;
    this.tellError(error);
  }

  private tellError(error: GatewayError): void {
    const { requestId, services, dialect } = this.call;
    this.face.fail(renderError(dialect, error, requestId, services.publicUrl).body);
    this.client.end();
  }

  private known(tried: Tried<Began> | null) {
    const { model, hold, source } = this;
    return {
      model,
      hold,
      route: tried?.route ?? source?.route ?? null,
      sentMs: source?.sentMs ?? null,
      firstByteMs: source?.firstByteMs ?? null,
      fallbacks: tried?.fallbacks ?? 0,
      attempts: tried?.attempts ?? [],
      streamed: true,
    };
  }
}

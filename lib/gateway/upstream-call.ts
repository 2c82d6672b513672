import type { IncomingHttpHeaders } from "node:http";
import type { Transform } from "node:stream";
import type { Dispatcher } from "undici";
import { BlockedAddress } from "@/lib/catalog/dispatcher";
import type { CatalogConnection } from "@/lib/catalog/types";
import { createExpander } from "@/lib/gateway/expand";
import type { Services } from "@/lib/gateway/services";
import type { Ticking } from "@/lib/gateway/ticker";
import type { UpstreamFailure } from "@/lib/gateway/upstream-failure";
import type { UpstreamTarget } from "@/lib/gateway/upstreams/openai-compatible";

/** Who is told what one try brings. After `end` or `fail` nothing more comes. */
export interface UpstreamSink {
  /** A 2xx answer begins. */
  begin(contentType: string): void;
  data(chunk: Buffer): void;
  end(): void;
  fail(failure: UpstreamFailure): void;
}

const ERROR_BODY_BYTES = 65_536;
const RELEASE_MS = 1_000;

/**
 * One try: one request on one connection, with deadlines for the first byte and for every pause after it.
 * Error bodies are collected, compressed ones expanded; the sink sees 2xx answers only.
 */
export class UpstreamCall implements Dispatcher.DispatchHandler, Ticking {
  /** On the clock of `performance.now()`; null before it. */
  firstByteMs: number | null = null;
  /** In the ticker. */
  place = -1;
  private over = false;
  private controller: Dispatcher.DispatchController | null = null;
  private deadlineMs: number;
  private paused = false;
  private released = false;
  private status = 0;
  private retryAfterMs: number | null = null;
  private errorChunks: Buffer[] | null = null;
  private errorBytes = 0;
  private expand: Transform | null = null;

  constructor(
    private readonly services: Services,
    private readonly connection: CatalogConnection,
    private readonly deadlines: { firstByteTimeoutMs: number; idleTimeoutMs: number },
    private readonly sink: UpstreamSink,
  ) {
    this.deadlineMs = performance.now() + deadlines.firstByteTimeoutMs;
  }

  start(target: UpstreamTarget, body: Buffer): void {
    this.services.ticker.add(this);
    try {
      this.services.dispatchers
        .for(this.connection)
        .dispatch({ method: "POST", path: target.path, headers: target.headers, body }, this);
    } catch (error) {
      this.onResponseError(null, error as Error);
    }
  }

  /** True once a 2xx answer has begun. */
  get begun(): boolean {
    return this.status >= 200 && this.errorChunks === null;
  }

  /** Cuts it; the sink hears nothing more. */
  abort(): void {
    if (this.over) return;
    this.finish();
    this.expand?.destroy();
    this.controller?.abort(new Error("aborted by the gateway"));
  }

  /** The answer is complete as it stands: what still comes is read and forgotten, for a moment. */
  release(): void {
    if (this.over) return;
    this.released = true;
    this.deadlineMs = performance.now() + RELEASE_MS;
    if (this.paused) this.controller?.resume();
    this.paused = false;
  }

  pause(): void {
    if (this.over || this.paused) return;
    this.paused = true;
    this.controller?.pause();
  }

  resume(): void {
    if (this.over || !this.paused) return;
    this.paused = false;
    this.deadlineMs = performance.now() + this.deadlines.idleTimeoutMs;
    this.controller?.resume();
  }

  tick(nowMs: number): void {
    if (nowMs < this.deadlineMs || this.paused) return;
    this.fail({ failed: true, kind: "timeout", detail: this.firstByteMs === null ? "first byte" : "idle" });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.over) controller.abort(new Error("aborted by the gateway"));
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (this.over || status < 200) return;
    this.status = status;
    if (status >= 300) {
      this.errorChunks = [];
      this.retryAfterMs = retryAfter(headers["retry-after"]);
    } else {
      this.sink.begin(headers["content-type"] ?? "");
    }
    const encoding = headers["content-encoding"];
    if (encoding && encoding !== "identity") this.startExpanding(encoding);
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.over || this.released) return;
    const now = performance.now();
    this.firstByteMs ??= now;
    this.deadlineMs = now + this.deadlines.idleTimeoutMs;
    if (this.expand) this.expand.write(chunk);
    else this.deliver(chunk);
  }

  onResponseEnd(): void {
    if (this.over) return;
    if (this.expand) this.expand.end();
    else this.complete();
  }

  onResponseError(_: Dispatcher.DispatchController | null, error: Error): void {
    this.fail(classify(error, this.controller !== null));
  }

  private deliver(chunk: Buffer): void {
    if (!this.errorChunks) {
      this.sink.data(chunk);
      return;
    }
    if (this.errorBytes < ERROR_BODY_BYTES) this.errorChunks.push(chunk);
    this.errorBytes += chunk.length;
    if (this.errorBytes > 16 * ERROR_BODY_BYTES) this.fail(this.statusFailure());
  }

  private complete(): void {
    if (this.over) return;
    if (this.errorChunks) {
      this.fail(this.statusFailure());
      return;
    }
    this.finish();
    this.sink.end();
  }

  private statusFailure(): UpstreamFailure {
    const body = Buffer.concat(this.errorChunks ?? []).toString("utf8", 0, ERROR_BODY_BYTES);
    return { failed: true, kind: "status", status: this.status, body, retryAfterMs: this.retryAfterMs };
  }

  private startExpanding(encoding: string): void {
    const expand = createExpander(encoding);
    if (!expand) {
      this.fail({ failed: true, kind: "malformed", detail: `content-encoding ${encoding}` });
      return;
    }
    expand.on("data", (chunk: Buffer) => {
      if (!this.over) this.deliver(chunk);
    });
    expand.on("end", () => this.complete());
    expand.on("error", () => this.fail({ failed: true, kind: "malformed", detail: "broken compression" }));
    this.expand = expand;
  }

  private fail(failure: UpstreamFailure): void {
    if (this.over) return;
    this.finish();
    this.expand?.destroy();
    this.controller?.abort(new Error("given up"));
    this.sink.fail(failure);
  }

  private finish(): void {
    this.over = true;
    this.services.ticker.delete(this);
  }
}

function classify(error: Error, started: boolean): UpstreamFailure {
  const detail = (error as NodeJS.ErrnoException).code ?? error.name;
  if (error instanceof BlockedAddress) return { failed: true, kind: "blocked", detail: error.message };
  if (/^HPE_|UND_ERR_(?:HEADERS_OVERFLOW|RES_CONTENT_LENGTH)/.test(detail))
    return { failed: true, kind: "malformed", detail };
  return { failed: true, kind: started ? "reset" : "connect", detail };
}

/** Seconds or a date, in milliseconds from now. */
function retryAfter(value: string | undefined): number | null {
  if (!value) return null;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, 3_600_000) : null;
}

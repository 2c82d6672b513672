import type { Call } from "@/lib/gateway/call";
import type { EventSink } from "@/lib/gateway/dialects/api-request";
import { baseHeaders } from "@/lib/gateway/respond";

/** The caller's end of a stream: begins late, writes what there is in one go, and says when it cannot take more. */
export class StreamClient implements EventSink {
  /** The status line has gone out; from now on a failure is an event. */
  begun = false;
  ended = false;
  /** What keeps an idle stream alive, in the caller's dialect. */
  heartbeat = ": keep-alive\n\n";
  private pending = "";
  private lastWriteMs: number;
  private fullSinceMs: number | null = null;

  constructor(
    private readonly call: Call,
    private readonly extraHeaders: Readonly<Record<string, string>>,
    private readonly onDrain: () => void,
  ) {
    this.lastWriteMs = call.startMs;
  }

  /** Lines up one event; `flush` sends it. */
  event(data: string, name?: string): void {
    this.pending += name ? `event: ${name}\ndata: ${data}\n\n` : `data: ${data}\n\n`;
  }

  /** Sends what is lined up. False when the caller takes it too slowly and the source should wait. */
  flush(): boolean {
    if (this.ended || this.call.gone) return true;
    if (this.pending === "") return this.fullSinceMs === null;
    const text = this.pending;
    this.pending = "";
    return this.write(text);
  }

  end(): void {
    if (this.ended) return;
    this.flush();
    this.ended = true;
    this.call.res.end();
  }

  /** Keeps an idle connection open through proxies; hangs up on a caller that takes nothing for too long. */
  tick(nowMs: number): void {
    if (this.ended || this.call.gone) return;
    const { keepAliveMs, stalledClientMs } = this.call.services.limits;
    if (this.fullSinceMs !== null) {
      if (nowMs - this.fullSinceMs > stalledClientMs) this.call.res.destroy();
    } else if (nowMs - this.lastWriteMs >= keepAliveMs) {
      this.write(this.heartbeat);
    }
  }

  private write(text: string): boolean {
    const { res } = this.call;
    if (!this.begun) {
      this.begun = true;
      res.writeHead(200, {
        ...baseHeaders(this.call),
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-cache, no-transform",
        "x-accel-buffering": "no",
        ...this.extraHeaders,
      });
      res.on("drain", () => {
        this.fullSinceMs = null;
        this.onDrain();
      });
    }
    this.lastWriteMs = performance.now();
    this.call.keep(text);
    const room = res.write(text);
    if (!room) this.fullSinceMs ??= this.lastWriteMs;
    return room;
  }
}

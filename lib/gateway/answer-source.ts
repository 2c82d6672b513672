import type { CatalogRoute } from "@/lib/catalog/types";
import type { Json } from "@/lib/gateway/dialects/api-request";
import type { Services } from "@/lib/gateway/services";
import { UpstreamCall, type UpstreamSink } from "@/lib/gateway/upstream-call";
import { errorBodyFailure, type UpstreamFailure } from "@/lib/gateway/upstream-failure";
import type { UpstreamTarget } from "@/lib/gateway/upstreams/openai-compatible";
import { SseParser } from "@/lib/gateway/upstreams/sse-parser";
import type { Wire, WireEvent, WireStream } from "@/lib/gateway/upstreams/wire";

/** Who hears what one upstream stream brings. After `onDone` or `onFail` nothing more comes. */
export interface AnswerListener {
  /** One event, as it came, parsed, and with its name where it has one. */
  onEvent(data: string, event: Json, name: string | null): void;
  /** Everything that came in one piece has been told. */
  onPause(): void;
  onDone(): void;
  onFail(failure: UpstreamFailure): void;
}

/** One try of a streamed answer upstream: its bytes become events, and every way of going wrong one failure. */
export class AnswerSource implements UpstreamSink {
  readonly stream: WireStream;
  readonly sentMs = performance.now();
  private readonly upstream: UpstreamCall;
  private readonly parser = new SseParser((data, name) => this.event(data, name || null));
  /** Events that came before the answer itself, kept until it begins. */
  private prelude: { data: string; json: Json; name: string | null }[] = [];
  /** Of an answer that came plain although a stream was asked for. */
  private plain: Buffer[] | null = null;
  private over = false;

  constructor(
    services: Services,
    readonly route: CatalogRoute,
    readonly wire: Wire,
    private readonly listener: AnswerListener,
  ) {
    this.stream = wire.openStream();
    this.upstream = new UpstreamCall(services, route.connection, route, this);
  }

  start(target: UpstreamTarget, body: Buffer): void {
    this.upstream.start(target, body);
  }

  get firstByteMs(): number | null {
    return this.upstream.firstByteMs;
  }

  /** Cuts it; the listener hears nothing more. */
  abort(): void {
    this.over = true;
    this.upstream.abort();
  }

  pause(): void {
    this.upstream.pause();
  }

  resume(): void {
    this.upstream.resume();
  }

  begin(contentType: string): void {
    if (contentType.includes("application/json")) this.plain = [];
  }

  data(chunk: Buffer): void {
    if (this.over) return;
    if (this.plain) {
      this.plain.push(chunk);
      return;
    }
    try {
      this.parser.push(chunk);
    } catch (error) {
      this.broken((error as Error).message);
    }
    if (!this.over) this.listener.onPause();
  }

  end(): void {
    if (this.over) return;
    if (this.plain) this.plainAnswer(Buffer.concat(this.plain).toString("utf8"));
    else if (this.stream.observer.finished) this.done();
    else this.broken("the stream ended early");
  }

  fail(failure: UpstreamFailure): void {
    if (this.over) return;
    this.over = true;
    this.listener.onFail(failure);
  }

  private done(): void {
    this.over = true;
    // The rest is read, so that the connection can serve the next call.
    this.upstream.release();
    this.listener.onDone();
  }

  private refuse(failure: UpstreamFailure): void {
    this.abort();
    this.listener.onFail(failure);
  }

  private broken(detail: string): void {
    this.refuse({ failed: true, kind: "malformed", detail });
  }

  private event(data: string, name: string | null): void {
    if (this.over) return;
    let read: WireEvent;
    try {
      read = this.stream.read(data, name);
    } catch {
      this.broken("an event that cannot be read");
      return;
    }
    if (read.kind === "failed") {
      this.refuse(read.failure);
      return;
    }
    if (read.kind === "prelude") this.prelude.push({ data, json: read.json, name });
    else if (read.kind !== "ignore" && read.json) {
      for (const early of this.prelude.splice(0)) this.listener.onEvent(early.data, early.json, early.name);
      this.listener.onEvent(data, read.json, name);
    }
    if (read.kind === "done" && !this.over) this.done();
  }

  private plainAnswer(text: string): void {
    let body: Json | null = null;
    try {
      body = JSON.parse(text) as Json | null;
    } catch {
      // Judged below.
    }
    if (body?.error !== undefined && body.error !== null) {
      this.refuse(errorBodyFailure(body.error, text));
      return;
    }
    const events = body && this.stream.fromPlain(body);
    if (!events) {
      this.broken("200 without a stream");
      return;
    }
    for (const { json, name } of events) this.event(JSON.stringify(json), name);
    if (!this.over) this.done();
  }
}

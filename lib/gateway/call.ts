import type { IncomingMessage, ServerResponse } from "node:http";
import type { Dialect } from "@/lib/gateway/dialects/api-request";
import type { Services } from "@/lib/gateway/services";
import { newTimedId } from "@/lib/ids";
import type { KeyRecord } from "@/lib/keys/key-record";
import type { RateState } from "@/lib/ledger/types";
import { clientName } from "@/lib/usage/client-name";
import { PROMPT_MAX_CHARS } from "@/lib/usage/record-prompt";

/** One request from its arrival to its end. */
export class Call {
  readonly requestId = newTimedId("req");
  readonly arrivedAt = Date.now();
  /** On the clock of `performance.now()`, for durations. */
  readonly startMs = performance.now();
  /** For metrics; one of a closed list. */
  endpoint = "other";
  /** What the caller speaks, for its errors and its row. */
  dialect: Dialect = "chat";
  key: KeyRecord | null = null;
  /** The model that was named, where it is an alias of the one that answers. */
  askedModel: string | null = null;
  rate: RateState | null = null;
  requestBytes = 0;
  /** The body, and what was answered, of a workspace that wants its prompts kept; else null. */
  kept: { request: Buffer; response: string } | null = null;
  /** The caller hung up before the answer was complete. */
  gone = false;
  /** Told once when that happens. */
  onGone: (() => void) | null = null;
  private named: string | null = null;

  constructor(
    readonly services: Services,
    readonly req: IncomingMessage,
    readonly res: ServerResponse,
  ) {
    res.once("close", () => {
      if (res.writableFinished) return;
      this.gone = true;
      this.onGone?.();
    });
  }

  /** Notes what goes out, where that is wanted. */
  keep(text: string | Buffer): void {
    if (this.kept && this.kept.response.length < PROMPT_MAX_CHARS) this.kept.response += text.toString();
  }

  /** The calling program; see lib/usage/client-name. */
  get client(): string {
    this.named ??= clientName(this.req.headers);
    return this.named;
  }

  /** Milliseconds since it arrived, whole. */
  elapsedMs(): number {
    return Math.round(performance.now() - this.startMs);
  }
}

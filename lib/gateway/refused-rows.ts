import type { CatalogModel } from "@/lib/catalog/types";
import type { Call } from "@/lib/gateway/call";
import type { GatewayError } from "@/lib/gateway/gateway-error";
import { usageRow } from "@/lib/gateway/usage-row";
import { log } from "@/lib/log";
import { type RefusedCall, UNKNOWN_MODEL } from "@/lib/usage/types";

/** Rows of refused calls per key and minute; a client that retries in a storm fills no table. */
const PER_MINUTE = 60;
const MAX_KEYS = 10_000;

/** Puts refused calls into the usage log, so that their owner sees why a client fails. */
export class RefusedRows {
  private minute = 0;
  private readonly counts = new Map<string, number>();

  /** A call to a model that was found. */
  record(call: Call, model: CatalogModel, streamed: boolean, error: GatewayError): void {
    if (!this.take(call)) return;
    const { status: httpStatus, code: errorCode } = error;
    this.write(call, usageRow(call, { model, streamed, outcome: "refused", httpStatus, errorCode }));
  }

  /**
   * A call whose body could not be read (`asked` is null then), or whose model there is none, or not for this key. Of
   * what such calls name, only the row keeps the words: sums know them all as one model.
   */
  recordUnread(call: Call, asked: string | null, error: GatewayError): void {
    const { key } = call;
    if (!key || !this.take(call)) return;
    const known = asked !== null && call.services.catalog.find(asked);
    this.write(call, {
      requestId: call.requestId,
      workspaceId: key.workspaceId,
      keyId: key.keyId,
      modelId: known ? known.id : UNKNOWN_MODEL,
      askedModel: known || asked === null ? null : storable(asked),
      dialect: call.dialect,
      client: call.client,
      outcome: "refused",
      httpStatus: error.status,
      errorCode: error.code,
      requestBytes: call.requestBytes,
      totalMs: call.elapsedMs(),
      startedAt: new Date(call.arrivedAt).toISOString(),
    });
  }

  private write(call: Call, usage: RefusedCall): void {
    call.services.ledger
      .recordRefused(usage)
      .catch((reason: Error) =>
        log.warn({ requestId: call.requestId, err: reason.message }, "refused call not noted"),
      );
  }

  private take(call: Call): boolean {
    const keyId = call.key?.keyId;
    if (!keyId) return false;
    const minute = Math.floor(call.arrivedAt / 60_000);
    if (minute !== this.minute || this.counts.size > MAX_KEYS) {
      this.minute = minute;
      this.counts.clear();
    }
    const count = this.counts.get(keyId) ?? 0;
    if (count >= PER_MINUTE) return false;
    this.counts.set(keyId, count + 1);
    return true;
  }
}

/**
 * What a caller wrote, as a column can hold it: bounded, without control characters and halves of characters, and
 * without keys, which people do put where a model's name or a path belongs.
 */
function storable(text: string): string {
  return text
    .slice(0, 1_000)
    .replace(/(?:sk|mk|pk|rk|gsk|xai)[-_][\w*.-]{6,}|AIza[\w-]{10,}/gi, "[key]")
    .slice(0, 200)
    .replace(/[\p{Cc}\p{Cs}]/gu, "\ufffd");
}

import type { CatalogModel } from "@/lib/catalog/types";
import type { Call } from "@/lib/gateway/call";
import type { GatewayError } from "@/lib/gateway/gateway-error";
import { usageRow } from "@/lib/gateway/usage-row";
import { log } from "@/lib/log";

/** Rows of refused calls per key and minute; a client that retries in a storm fills no table. */
const PER_MINUTE = 60;
const MAX_KEYS = 10_000;

/** Puts refused calls into the usage log, so that their owner sees why a client fails. */
export class RefusedRows {
  private minute = 0;
  private readonly counts = new Map<string, number>();

  record(call: Call, model: CatalogModel, streamed: boolean, error: GatewayError): void {
    const keyId = call.key?.keyId;
    if (!keyId || !this.take(keyId, Math.floor(call.arrivedAt / 60_000))) return;
    const usage = usageRow(call, {
      model,
      streamed,
      outcome: "refused",
      httpStatus: error.status,
      errorCode: error.code,
    });
    call.services.ledger
      .recordRefused(usage)
      .catch((reason: Error) =>
        log.warn({ requestId: call.requestId, err: reason.message }, "refused call not noted"),
      );
  }

  private take(keyId: string, minute: number): boolean {
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

import type { ApiCause, SessionRecord, StandInContext } from "@/lib/sandbox/stripe/types";

/** An open session can no longer be paid: asked for by the API, or its time is over. */
export function expireSession(
  context: StandInContext,
  record: SessionRecord,
  cause: ApiCause | null = null,
): void {
  record.session.status = "expired";
  record.session.url = null;
  context.emit("checkout.session.expired", record.session, cause);
}

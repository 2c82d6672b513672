import type Stripe from "stripe";
import type { HandledEventType } from "@/lib/billing/event-types";
import type { Tx } from "@/lib/db";

/**
 * What one type of event leads to. `prepare` asks Stripe what is needed, before any row is locked; what it returns
 * runs in the transaction that also writes the event, and answers with a word for the event's row.
 */
export interface EventHandler {
  type: HandledEventType;
  prepare(event: Stripe.Event): Promise<(tx: Tx, actor: string) => Promise<string>>;
}

import type Stripe from "stripe";
import { fromStripeMinor } from "@/lib/billing/minor-units";
import { stripe } from "@/lib/billing/stripe";
import { db } from "@/lib/db";

/** A refund or a dispute of one payment, as Stripe tells it now. */
export interface ReversalFact {
  id: string;
  kind: "refund" | "dispute";
  amountMinor: bigint;
  /** In Stripe's words. */
  status: string;
  reason: string | null;
  /** Its money is, or is about to be, back with the payer. */
  stands: boolean;
  /** A dispute that is not decided. */
  open: boolean;
  lost: boolean;
  createdAt: Date;
}

export interface Reversals {
  /** On the database's clock, before Stripe was asked. */
  readAt: Date;
  /** Oldest first. */
  facts: ReversalFact[];
}

const FAILED_REFUND: ReadonlySet<string> = new Set(["failed", "canceled"]);
/** Decided without a loss. An inquiry (`warning_...`) has taken nothing yet. */
const SETTLED_DISPUTE: ReadonlySet<string> = new Set(["won", "warning_closed", "prevented"]);

/**
 * Every refund and dispute of a payment, oldest first, whatever event led here. A status that we do not know counts
 * as still open. https://docs.stripe.com/api/refunds, https://docs.stripe.com/api/disputes
 */
export async function readReversals(paymentIntentId: string): Promise<Reversals> {
  const { client } = stripe();
  const [clock] = await db().$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  const facts: ReversalFact[] = [];
  for await (const refund of client.refunds.list({ payment_intent: paymentIntentId, limit: 100 })) {
    facts.push(refundFact(refund));
  }
  for await (const dispute of client.disputes.list({ payment_intent: paymentIntentId, limit: 100 })) {
    facts.push(disputeFact(dispute));
  }
  facts.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1));
  return { readAt: clock?.now ?? new Date(0), facts };
}

function refundFact(refund: Stripe.Refund): ReversalFact {
  const status = refund.status ?? "pending";
  return {
    id: refund.id,
    kind: "refund",
    amountMinor: fromStripeMinor(refund.amount),
    status,
    reason: refund.reason,
    stands: !FAILED_REFUND.has(status),
    open: false,
    lost: false,
    createdAt: new Date(refund.created * 1000),
  };
}

function disputeFact(dispute: Stripe.Dispute): ReversalFact {
  const status: string = dispute.status;
  const settled = SETTLED_DISPUTE.has(status);
  return {
    id: dispute.id,
    kind: "dispute",
    amountMinor: fromStripeMinor(dispute.amount),
    status,
    reason: dispute.reason,
    stands: !settled && !status.startsWith("warning_"),
    open: !settled && status !== "lost",
    lost: status === "lost",
    createdAt: new Date(dispute.created * 1000),
  };
}

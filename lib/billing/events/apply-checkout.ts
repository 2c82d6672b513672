import type Stripe from "stripe";
import { fulfilCheckout } from "@/lib/billing/fulfil-checkout";
import { retrieveCheckout } from "@/lib/billing/retrieve-checkout";
import type { Tx } from "@/lib/db";

/**
 * All checkout events end here: the session is asked of Stripe, never taken from the event, so that an event that
 * comes late, twice or out of order leads to the same state.
 */
export async function applyCheckout(
  event: Stripe.Event,
): Promise<(tx: Tx, actor: string) => Promise<string>> {
  const { object } = event.data;
  if (!("object" in object) || object.object !== "checkout.session") {
    throw new Error(`event ${event.id} of type ${event.type} carries no checkout session`);
  }
  const checkout = await retrieveCheckout(object.id);
  return (tx, actor) => fulfilCheckout(tx, checkout, actor);
}

import Stripe from "stripe";
import { type Ctx, requireVerified, type UserActor } from "@/lib/actor";
import { findCustomer } from "@/lib/billing/find-customer";
import { portalConfiguration } from "@/lib/billing/receipts/portal-configuration";
import { stripe } from "@/lib/billing/stripe";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";

/**
 * A short-lived address of Stripe's own page for this workspace: billing details and tax id for invoices, saved
 * cards, invoices. Throws AppError: not_verified, unavailable (Stripe could not be reached).
 * https://docs.stripe.com/api/customer_portal/sessions/create
 */
export async function openPortal(ctx: Ctx<UserActor>): Promise<{ url: string }> {
  requireVerified(ctx);
  try {
    const customer = await findCustomer(ctx.workspaceId, ctx.actor.email);
    const open = (configuration: string) =>
      stripe().client.billingPortal.sessions.create({
        customer,
        configuration,
        return_url: `${env().publicUrl}/credits#receipts`,
      });
    const session = await open(await portalConfiguration()).catch(async (error: unknown) => {
      if (!isUnknownConfiguration(error)) throw error;
      return open(await portalConfiguration(true));
    });
    return { url: session.url };
  } catch (error) {
    if (error instanceof AppError) throw error;
    log.error({ requestId: ctx.requestId, err: error }, "the customer portal could not be opened");
    throw new AppError("unavailable", "portalUnavailable", { cause: error });
  }
}

function isUnknownConfiguration(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeInvalidRequestError && error.param === "configuration";
}

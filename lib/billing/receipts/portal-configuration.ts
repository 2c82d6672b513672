import { z } from "zod";
import { stripe } from "@/lib/billing/stripe";
import { db } from "@/lib/db";

const SETTING = "billing.portal_configuration";
const Saved = z.object({ id: z.string(), livemode: z.boolean() });

/**
 * The portal's configuration at Stripe, made on first use and remembered: billing details, tax id, invoices, cards.
 * `anew` makes another one, where Stripe no longer knows the old. Throws the SDK's errors.
 * https://docs.stripe.com/api/customer_portal/configurations
 */
export async function portalConfiguration(anew = false): Promise<string> {
  const { client, livemode } = stripe();
  const row = await db().setting.findUnique({ where: { name: SETTING } });
  const saved = Saved.safeParse(row?.value);
  if (!anew && saved.success && saved.data.livemode === livemode) return saved.data.id;
  const made = await client.billingPortal.configurations.create({
    features: {
      customer_update: { enabled: true, allowed_updates: ["name", "email", "address", "tax_id"] },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
    },
    metadata: { tollgate: "portal" },
  });
  const value = { id: made.id, livemode };
  await db().setting.upsert({
    where: { name: SETTING },
    update: { value },
    create: { name: SETTING, value },
  });
  return made.id;
}

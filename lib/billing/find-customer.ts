import { createHash } from "node:crypto";
import Stripe from "stripe";
import { stripe } from "@/lib/billing/stripe";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";

/**
 * The workspace's customer at Stripe, made on its first purchase and kept at the buyer's present address; its name,
 * like address and tax id, is its owner's to set on Stripe's page, because invoices carry it. One that
 * Stripe no longer knows (deleted there, or of another account) is replaced. The idempotency key is
 * deterministic, so that two first purchases at once make one customer. Throws the SDK's errors.
 */
export async function findCustomer(workspaceId: string, email: string): Promise<string> {
  const workspace = await db().workspace.findUnique({ where: { id: workspaceId } });
  if (!workspace) throw notFound("workspace");
  const { client } = stripe();
  const known = workspace.stripeCustomerId;
  const details = { email, name: workspace.name.slice(0, 256) };
  if (known !== null) {
    try {
      return (await client.customers.update(known, { email })).id;
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
  const digest = createHash("sha256").update(JSON.stringify(details)).digest("hex").slice(0, 16);
  const made = await client.customers.create(
    { ...details, metadata: { tollgate_workspace: workspaceId } },
    { idempotencyKey: `customer:${workspaceId}:${known ?? "first"}:${digest}` },
  );
  await db().workspace.updateMany({
    where: { id: workspaceId, stripeCustomerId: known },
    data: { stripeCustomerId: made.id },
  });
  return made.id;
}

function isMissing(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "resource_missing";
}

import { stripe } from "@/lib/billing/stripe";
import { db } from "@/lib/db";

export interface SavedCard {
  id: string;
  /** What its owner knows it by: "Visa 4242, 12/34". */
  label: string;
}

/** The cards that a workspace's buyers saved for automatic top-up, newest first. Throws the SDK's errors. */
export async function listSavedCards(workspaceId: string): Promise<SavedCard[]> {
  const workspace = await db().workspace.findUnique({ where: { id: workspaceId } });
  if (!workspace?.stripeCustomerId) return [];
  const { data } = await stripe().client.paymentMethods.list({
    customer: workspace.stripeCustomerId,
    type: "card",
    limit: 20,
  });
  return data.flatMap(({ id, card }) => {
    if (!card) return [];
    const brand = card.brand.charAt(0).toUpperCase() + card.brand.slice(1);
    const month = String(card.exp_month).padStart(2, "0");
    return [{ id, label: `${brand} ${card.last4}, ${month}/${String(card.exp_year).slice(-2)}` }];
  });
}

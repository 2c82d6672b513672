import { z } from "zod";
import type { Ctx, UserActor } from "@/lib/actor";
import { requireVerified } from "@/lib/actor";
import { fromStripeMinor } from "@/lib/billing/minor-units";
import { openCheckout } from "@/lib/billing/open-checkout";
import { stripe } from "@/lib/billing/stripe";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { log } from "@/lib/log";

/** A pack, never an amount: what is paid and credited comes from our own table. */
export const StartPurchase = z.strictObject({
  packId: z.string().min(1).max(64),
  /** The card may be charged later, for automatic top-up. */
  saveCard: z.boolean().default(false),
});

/** Open orders of one workspace within an hour; beyond it somebody is only pressing buttons. */
const MAX_OPEN = 20;
const HOUR_MS = 60 * 60 * 1000;

/**
 * Places an order for a pack and opens its payment page; returns where to send the person. The order's row is
 * there before Stripe hears of it. Throws AppError: not_verified, gone (the pack was withdrawn), too_many,
 * unavailable (Stripe could not be reached, or would take another price); nothing was charged in any of them.
 */
export async function startPurchase(
  ctx: Ctx<UserActor>,
  input: z.input<typeof StartPurchase>,
): Promise<{ purchaseId: string; url: string }> {
  requireVerified(ctx);
  const { packId, saveCard } = StartPurchase.parse(input);
  const { client, livemode } = stripe();
  // Postgres holds no NUL, so that no pack has one in its id.
  const pack = packId.includes("\0") ? null : await db().pack.findUnique({ where: { id: packId } });
  if (!pack?.active) throw new AppError("gone", "packGone");
  const open = await db().purchase.count({
    where: {
      workspaceId: ctx.workspaceId,
      status: "pending",
      createdAt: { gt: new Date(Date.now() - HOUR_MS) },
    },
  });
  if (open >= MAX_OPEN) throw new AppError("too_many", "tooManyOrders");

  const { currency, priceMinor, creditNano, bonusNano } = pack;
  const order = await db().purchase.create({
    data: {
      id: newId("pur"),
      workspaceId: ctx.workspaceId,
      userId: ctx.actor.userId,
      packId,
      currency,
      priceMinor,
      creditNano,
      bonusNano,
      livemode,
    },
  });
  try {
    const session = await openCheckout(order, pack, ctx.actor.email, saveCard);
    await db().purchase.update({ where: { id: order.id }, data: { checkoutSessionId: session.id } });
    if (session.currency !== currency || fromStripeMinor(session.amount_subtotal ?? 0) !== priceMinor) {
      // Better no payment than one that would be held afterwards.
      await client.checkout.sessions.expire(session.id);
      throw new Error(`the price of pack ${packId} at Stripe is not ours: sync the packs`);
    }
    if (!session.url) throw new Error(`session ${session.id} has no page`);
    return { purchaseId: order.id, url: session.url };
  } catch (error) {
    log.error(
      { requestId: ctx.requestId, purchaseId: order.id, err: error },
      "a payment page could not be opened",
    );
    await abandon(order.id).catch(() => undefined);
    throw new AppError("unavailable", "paymentUnavailable", { cause: error });
  }
}

/** Nobody was shown a page for this order. Should its session be paid all the same, it is credited. */
async function abandon(purchaseId: string): Promise<void> {
  await db().purchase.updateMany({
    where: { id: purchaseId, status: "pending" },
    data: { status: "failed", note: "no payment page could be opened" },
  });
}

"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { saveAlerts } from "@/lib/billing/alerts/save-alerts";
import { RedeemCode, redeemCode } from "@/lib/billing/codes/redeem-code";
import { openPortal } from "@/lib/billing/open-portal";
import { RefundPurchase, refundPurchase } from "@/lib/billing/refund-purchase";
import { startPurchase } from "@/lib/billing/start-purchase";
import { saveTopUp } from "@/lib/billing/top-up/save-top-up";
import type { Result } from "@/lib/http/result";
import { runAction } from "@/lib/http/run-action";

/** Edges alone: session, form, verb. What a form leaves out is empty; the verbs judge the rest. */

const Ticked = z
  .string()
  .max(10)
  .optional()
  .transform((value) => value === "on");
const Typed = z.string().max(500).default("");

const BuyForm = z.strictObject({ packId: z.string().min(1).max(64), saveCard: Ticked });
const TopUpForm = z.strictObject({
  enabled: Ticked,
  thresholdUsd: Typed,
  packId: Typed,
  monthlyCap: Typed,
  cardId: Typed,
});

export async function buyPackAction(previous: Result<never> | null, form: FormData) {
  return runAction(BuyForm, async (ctx, input): Promise<never> => {
    const { url } = await startPurchase(ctx, input);
    redirect(url);
  })(previous, form);
}

export async function saveTopUpAction(previous: Result<{ enabled: boolean }> | null, form: FormData) {
  return runAction(TopUpForm, async (ctx, input) => {
    await saveTopUp(ctx, input);
    revalidatePath("/credits");
    return { enabled: input.enabled };
  })(previous, form);
}

export async function redeemCodeAction(
  previous: Result<Awaited<ReturnType<typeof redeemCode>>> | null,
  form: FormData,
) {
  return runAction(RedeemCode, async (ctx, input) => {
    const redeemed = await redeemCode(ctx, input);
    revalidatePath("/", "layout");
    return redeemed;
  })(previous, form);
}

export async function saveAlertsAction(
  previous: Result<{ webhookSecret: string | null }> | null,
  form: FormData,
) {
  return runAction(z.strictObject({ lowBalanceUsd: Typed, webhookUrl: Typed }), async (ctx, input) => {
    const saved = await saveAlerts(ctx, input);
    revalidatePath("/credits");
    return saved;
  })(previous, form);
}

export async function giveBackAction(previous: Result<void> | null, input: z.input<typeof RefundPurchase>) {
  return runAction(RefundPurchase, async (ctx, wanted) => {
    await refundPurchase(ctx, wanted);
    revalidatePath("/", "layout");
  })(previous, input);
}

export async function openPortalAction(
  previous: Result<{ url: string }> | null,
  input: Record<string, never>,
) {
  return runAction(z.strictObject({}), (ctx) => openPortal(ctx))(previous, input);
}

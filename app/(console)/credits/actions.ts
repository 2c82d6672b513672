"use server";

import { redirect } from "next/navigation";
import { StartPurchase, startPurchase } from "@/lib/billing/start-purchase";
import type { Result } from "@/lib/http/result";
import { runAction } from "@/lib/http/run-action";

/** An edge alone: session, form, verb; then off to the payment page. */
export async function buyPackAction(previous: Result<never> | null, form: FormData) {
  return runAction(StartPurchase, async (ctx, input): Promise<never> => {
    const { url } = await startPurchase(ctx, input);
    redirect(url);
  })(previous, form);
}

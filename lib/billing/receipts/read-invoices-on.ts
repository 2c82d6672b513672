import { db } from "@/lib/db";

/** Where the operator's choice lives: `settings`, a boolean. Stripe charges for each invoice, so that it is off at first. */
export const INVOICES_SETTING = "billing.invoices";

/** Whether each purchase also gets an invoice at Stripe, with the billing details that its owner set there. */
export async function readInvoicesOn(): Promise<boolean> {
  const row = await db().setting.findUnique({ where: { name: INVOICES_SETTING } });
  return row?.value === true;
}

import { db } from "@/lib/db";
import { log } from "@/lib/log";

export interface MismatchNote {
  kind: "payment_without_order" | "payment_differs" | "credit_without_payment" | "reversal_without_order";
  /** Stripe's id, or ours where Stripe has nothing. */
  objectId: string;
  purchaseId?: string | null;
  detail: string;
}

/** Lists something that only a person can decide, once, and raises the alert. Returns whether it was new. */
export async function noteMismatch(note: MismatchNote): Promise<boolean> {
  const { count } = await db().mismatch.createMany({
    data: [{ id: `${note.kind}:${note.objectId}`, ...note, detail: note.detail.slice(0, 500) }],
    skipDuplicates: true,
  });
  if (count > 0) log.error({ alert: "payment_mismatch", ...note }, "a payment needs a person to look at it");
  return count > 0;
}

import type { SignedIn } from "@/lib/auth/session";
import { finishPurchase } from "@/lib/billing/finish-purchase";
import { getPurchase, type PurchaseView } from "@/lib/billing/get-purchase";
import { AppError } from "@/lib/errors";

/** What the page says about the payment that its address names. */
export type Notice =
  | { state: "unknown" }
  | { state: "cancelled" }
  | { state: "unchecked"; purchase: PurchaseView }
  | { state: PurchaseView["status"]; purchase: PurchaseView; payUrl: string | null };

/**
 * Somebody came back from the payment page (`session_id`) or left it (`cancelled`). Coming back settles the
 * payment, as the webhook does. Null when the address names none.
 */
export async function loadNotice(
  user: SignedIn,
  query: { session_id?: string; cancelled?: string },
): Promise<Notice | null> {
  if (query.session_id !== undefined) return loadFinished(user, query.session_id);
  if (query.cancelled === undefined) return null;
  const purchase = await getPurchase(user, { id: query.cancelled });
  if (!purchase) return null;
  if (purchase.status === "pending") return { state: "cancelled" };
  return { state: purchase.status, purchase, payUrl: null };
}

async function loadFinished(user: SignedIn, sessionId: string): Promise<Notice> {
  try {
    const { purchase, checked, payUrl } = await finishPurchase(user, { sessionId });
    return checked ? { state: purchase.status, purchase, payUrl } : { state: "unchecked", purchase };
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return { state: "unknown" };
    throw error;
  }
}

import type { Tx } from "@/lib/db";
import { newId } from "@/lib/ids";

/** What a customer's own address can be told of. */
export type CustomerEventType =
  | "balance.low"
  | "key.budget"
  | "credit.expiring"
  | "top_up.succeeded"
  | "top_up.failed";

/**
 * Queues an event for the workspace's webhook, if it has one, in the caller's transaction: it leaves if and only if
 * the change that it tells of is committed. Amounts are decimal text of USD.
 */
export async function tellCustomer(
  tx: Tx,
  workspaceId: string,
  type: CustomerEventType,
  data: Record<string, string | number | null>,
): Promise<void> {
  const alert = await tx.moneyAlert.findUnique({ where: { workspaceId }, select: { webhookUrl: true } });
  if (!alert?.webhookUrl) return;
  const id = newId("evt");
  const createdAt = new Date();
  const body = { id, type, created_at: createdAt.toISOString(), data };
  await tx.customerEvent.create({ data: { id, workspaceId, type, body, createdAt } });
}

import { z } from "zod";
import { tellCustomer } from "@/lib/billing/alerts/tell-customer";
import { db, type Tx } from "@/lib/db";
import { mailOwners } from "@/lib/keys/mail-owners";
import { formatUsd, NANO_PER_USD, usdExact } from "@/lib/money";

/** Where the operator's choice lives: `settings`, decimal text of nano-USD; "0" switches the default off. */
export const LOW_BALANCE_SETTING = "billing.low_balance_nano";
const DEFAULT_LOW_NANO = 2n * NANO_PER_USD;
const AT_ONCE = 500;

/** Below what balance people are told who did not choose for themselves; 0n: never. */
export async function readLowBalance(): Promise<bigint> {
  const row = await db().setting.findUnique({ where: { name: LOW_BALANCE_SETTING } });
  const nano = z
    .string()
    .regex(/^\d{1,15}$/)
    .safeParse(row?.value);
  return nano.success ? BigInt(nano.data) : DEFAULT_LOW_NANO;
}

/**
 * Tells owners whose balance fell below their threshold, once per crossing: being above it again arms it anew. Who
 * never had credit is not told that it is low. Safe in many processes at once. Returns how many were told.
 */
export async function tellLowBalances(): Promise<number> {
  const usual = await readLowBalance();
  await db().$executeRaw`
    UPDATE money_alerts a SET low_balance_told_at = NULL
      FROM wallets w WHERE w.workspace_id = a.workspace_id AND a.low_balance_told_at IS NOT NULL
        AND w.balance_nano >= coalesce(a.low_balance_nano, ${usual})`;
  const due = await db().$queryRaw<{ id: string }[]>`
    SELECT w.workspace_id AS id FROM wallets w LEFT JOIN money_alerts a USING (workspace_id)
     WHERE w.balance_nano < coalesce(a.low_balance_nano, ${usual}) AND a.low_balance_told_at IS NULL
       AND EXISTS (SELECT FROM lots l WHERE l.workspace_id = w.workspace_id)
     ORDER BY 1 LIMIT ${AT_ONCE}`;
  let told = 0;
  for (const { id } of due) told += await db().$transaction((tx) => tell(tx, id, usual));
  return told;
}

async function tell(tx: Tx, workspaceId: string, usual: bigint): Promise<number> {
  // Marks before it tells: of two that try at once, the second finds nothing to mark.
  const [marked] = await tx.$queryRaw<{ balance: bigint; threshold: bigint }[]>`
    INSERT INTO money_alerts AS a (workspace_id, low_balance_told_at, updated_at)
      SELECT w.workspace_id, now(), now() FROM wallets w WHERE w.workspace_id = ${workspaceId}
    ON CONFLICT (workspace_id) DO UPDATE SET low_balance_told_at = now(), updated_at = now()
      WHERE a.low_balance_told_at IS NULL
    RETURNING (SELECT w.balance_nano FROM wallets w WHERE w.workspace_id = a.workspace_id) AS balance,
      coalesce(a.low_balance_nano, ${usual}) AS threshold`;
  if (!marked || marked.balance >= marked.threshold) return 0;
  const { balance, threshold } = marked;
  await mailOwners(tx, workspaceId, {
    template: "balance_low",
    values: { balance: formatUsd(balance), threshold: formatUsd(threshold) },
    path: "/credits",
  });
  await tellCustomer(tx, workspaceId, "balance.low", {
    balance_usd: usdExact(balance),
    threshold_usd: usdExact(threshold),
  });
  return 1;
}

import { tellCustomer } from "@/lib/billing/alerts/tell-customer";
import { db } from "@/lib/db";
import { mailOwners } from "@/lib/keys/mail-owners";
import { formatUsd, usdExact } from "@/lib/money";

const AT_ONCE = 500;

/**
 * Announces credit that expires within a week, one mail a workspace with the sum and the earliest time; each lot is
 * announced once. Returns how many workspaces were told.
 */
export async function tellExpiringCredit(): Promise<number> {
  const due = await db().$queryRaw<{ id: string }[]>`
    SELECT DISTINCT workspace_id AS id FROM lots
     WHERE exhausted_at IS NULL AND expiry_told_at IS NULL AND expires_at IS NOT NULL
       AND expires_at > now() AND expires_at <= now() + interval '7 days' AND left_nano > 0
     ORDER BY 1 LIMIT ${AT_ONCE}`;
  let told = 0;
  for (const { id } of due) {
    told += await db().$transaction(async (tx) => {
      const lots = await tx.$queryRaw<{ left_nano: bigint; expires_at: Date }[]>`
        UPDATE lots SET expiry_told_at = now()
         WHERE workspace_id = ${id} AND exhausted_at IS NULL AND expiry_told_at IS NULL
           AND expires_at > now() AND expires_at <= now() + interval '7 days' AND left_nano > 0
        RETURNING left_nano, expires_at`;
      if (lots.length === 0) return 0;
      const amountNano = lots.reduce((sum, lot) => sum + lot.left_nano, 0n);
      const firstMs = Math.min(...lots.map((lot) => lot.expires_at.getTime()));
      const when = new Date(firstMs).toISOString();
      await mailOwners(tx, id, {
        template: "credit_expiring",
        values: { amount: formatUsd(amountNano), when: `${when.slice(0, 16).replace("T", " ")} UTC` },
        path: "/credits",
      });
      await tellCustomer(tx, id, "credit.expiring", { amount_usd: usdExact(amountNano), first_at: when });
      return 1;
    });
  }
  return told;
}

import { tellCustomer } from "@/lib/billing/alerts/tell-customer";
import { db } from "@/lib/db";
import { mailOwners } from "@/lib/keys/mail-owners";
import { formatUsd, usdExact } from "@/lib/money";

interface Crossing {
  key_id: string;
  workspace_id: string;
  name: string;
  period: string | null;
  period_start: Date;
  percent: number;
  budget: bigint;
  spent: bigint;
}

/**
 * Tells owners of keys whose budget has reached 80 % or is used up, once per mark and period: the total budget and
 * the one of the day, week or month each have their own. A key that passes both at once is told of the higher.
 * Returns how many were told.
 */
export async function tellKeyBudgets(): Promise<number> {
  const crossings = await db().$queryRaw<Crossing[]>`
    WITH spent AS (
      SELECT k.id, k.workspace_id, k.name, NULL::text AS period, 'epoch'::timestamptz AS start,
          k.total_budget_nano AS budget, m.total_spent_nano AS spent
        FROM keys k JOIN key_meters m ON m.key_id = k.id
        WHERE k.total_budget_nano > 0 AND k.revoked_at IS NULL
      UNION ALL
      SELECT k.id, k.workspace_id, k.name, k.period::text, m.period_start, k.period_budget_nano, m.period_spent_nano
        FROM keys k JOIN key_meters m ON m.key_id = k.id
        WHERE k.period_budget_nano > 0 AND k.period IS NOT NULL AND k.revoked_at IS NULL
          AND m.period_start = ledger.period_start(k.period, now())
    ), reached AS (
      SELECT s.*, p.percent FROM spent s, (VALUES (80), (100)) AS p(percent)
        WHERE s.spent * 100 >= s.budget * p.percent
    )
    SELECT r.id AS key_id, r.workspace_id, r.name, r.period, r.start AS period_start, r.percent, r.budget, r.spent
      FROM reached r WHERE NOT EXISTS (
        SELECT FROM budget_alerts b WHERE b.key_id = r.id AND b.period_start = r.start AND b.percent = r.percent)
      ORDER BY r.id, r.start, r.percent LIMIT 1000`;
  let told = 0;
  for (const crossing of crossings) {
    const higher = crossings.some(
      (other) =>
        other.key_id === crossing.key_id &&
        other.period_start.getTime() === crossing.period_start.getTime() &&
        other.percent > crossing.percent,
    );
    told += await tell(crossing, higher);
  }
  return told;
}

async function tell(crossing: Crossing, silent: boolean): Promise<number> {
  const { key_id: keyId, workspace_id: workspaceId, period_start: periodStart, percent } = crossing;
  return db().$transaction(async (tx) => {
    const { count } = await tx.budgetAlert.createMany({
      data: [{ keyId, periodStart, percent }],
      skipDuplicates: true,
    });
    if (count === 0 || silent) return 0;
    const { name, budget, spent, period } = crossing;
    await mailOwners(tx, workspaceId, {
      template: percent >= 100 ? "budget_used" : "budget_near",
      values: { name, budget: formatUsd(budget), spent: formatUsd(spent), period: period ?? "total" },
      path: `/tokens/${keyId}`,
    });
    await tellCustomer(tx, workspaceId, "key.budget", {
      key_id: keyId,
      key_name: name,
      percent,
      period,
      budget_usd: usdExact(budget),
      spent_usd: usdExact(spent),
    });
    return 1;
  });
}

import type { Tx } from "@/lib/db";
import type { BudgetPeriod } from "@/prisma/generated/client";

/**
 * Gives a key's meter the counters of a period that it did not count before: what was spent since the period
 * began, and what open calls hold. Locks the meter, on which every reserve and settle waits, so that no call
 * falls between the old period and the new one.
 */
export async function restartPeriod(tx: Tx, keyId: string, period: BudgetPeriod): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM key_meters WHERE key_id = ${keyId} FOR UPDATE`;
  await tx.$executeRaw`
    UPDATE holds SET period_start = ledger.period_start(${period}::budget_period, clock_timestamp())
     WHERE key_id = ${keyId} AND status = 'open'`;
  await tx.$executeRaw`
    UPDATE key_meters m SET period_start = p.start, period_reserved_nano = m.total_reserved_nano,
           period_spent_nano = coalesce((
             SELECT sum(r.cost_nano) FROM usage_rollups r JOIN keys k ON k.workspace_id = r.workspace_id
              WHERE k.id = ${keyId} AND r.key_id = ${keyId} AND r.bucket >= p.start), 0)
      FROM (SELECT ledger.period_start(${period}::budget_period, clock_timestamp()) AS start) p
     WHERE m.key_id = ${keyId}`;
}

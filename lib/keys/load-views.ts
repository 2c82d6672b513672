import type { Tx } from "@/lib/db";
import type { KeyLimits, KeyMeterView, KeyStatus, KeyView, SecretView } from "@/lib/keys/types";
import { type KeySpend, spendByKey } from "@/lib/usage/spend-by-key";

/** What ROW_SQL selects. */
export type KeyRow = Omit<KeyView, "limits" | "meter" | "secrets" | "spentTodayNano" | "spentMonthNano"> &
  KeyLimits &
  KeyMeterView & { status: KeyStatus };

/** Adds to rows what other tables know: their secrets, and what they spent today and this month in a time zone. */
export async function loadViews(
  tx: Tx,
  workspaceId: string,
  rows: KeyRow[],
  timeZone: string,
): Promise<KeyView[]> {
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return [];
  const secrets = await tx.$queryRaw<(SecretView & { keyId: string })[]>`
    SELECT s.id, s.key_id AS "keyId", s.prefix, s.last_four AS "lastFour", s.created_at AS "createdAt",
           s.ends_at AS "endsAt", coalesce(s.ends_at > now(), true) AS living
      FROM key_secrets s WHERE s.key_id = ANY(${ids})
     ORDER BY s.ends_at DESC NULLS FIRST, s.created_at DESC, s.id`;
  const spent = await spendByKey({ workspaceId }, { keyIds: ids, timeZone, now: new Date() });
  return rows.map((row) => {
    const own = secrets.filter(({ keyId }) => keyId === row.id);
    const living = own.filter((secret) => secret.living);
    return toView(row, living.length > 0 ? living : own.slice(0, 1), spent);
  });
}

function toView(row: KeyRow, secrets: (SecretView & { keyId: string })[], spent: KeySpend[]): KeyView {
  const sums = spent.find(({ keyId }) => keyId === row.id);
  return {
    id: row.id,
    name: row.name,
    status: row.status,
    limits: {
      models: row.models,
      ipRanges: row.ipRanges,
      totalBudgetNano: row.totalBudgetNano,
      periodBudgetNano: row.periodBudgetNano,
      period: row.period,
      requestsPerMinute: row.requestsPerMinute,
      tokensPerMinute: row.tokensPerMinute,
      maxParallel: row.maxParallel,
      maxRequestNano: row.maxRequestNano,
      expiresAt: row.expiresAt,
    },
    meter: {
      totalSpentNano: BigInt(row.totalSpentNano),
      totalHeldNano: BigInt(row.totalHeldNano),
      periodSpentNano: BigInt(row.periodSpentNano),
      periodHeldNano: BigInt(row.periodHeldNano),
      periodEndsAt: row.periodEndsAt,
    },
    secrets: secrets.map(({ keyId: _, ...secret }) => secret),
    spentTodayNano: sums?.todayNano ?? 0n,
    spentMonthNano: sums?.monthNano ?? 0n,
    lastUsedAt: row.lastUsedAt,
    lastClient: row.lastClient,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    pausedAt: row.pausedAt,
    revokedAt: row.revokedAt,
  };
}

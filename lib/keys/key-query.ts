import type { KeyStatus } from "@/lib/keys/types";
import { Prisma } from "@/prisma/generated/client";

const ROTATING_SQL = Prisma.sql`
  EXISTS (SELECT 1 FROM key_secrets s WHERE s.key_id = k.id AND s.ends_at > now())`;
const LIVING_SQL = Prisma.sql`k.revoked_at IS NULL AND coalesce(k.expires_at > now(), true)`;

/** A key's status by the database's clock, for a query over `keys k`. */
export const STATUS_SQL = Prisma.sql`
  CASE WHEN k.revoked_at IS NOT NULL THEN 'revoked'
       WHEN k.expires_at <= now() THEN 'expired'
       WHEN k.paused_at IS NOT NULL THEN 'paused'
       WHEN ${ROTATING_SQL} THEN 'rotating'
       ELSE 'active' END`;

/** Whether a key has one status: the same as STATUS_SQL, without a look at the secrets where none is needed. */
export const STATUS_IS_SQL: Record<KeyStatus, Prisma.Sql> = {
  revoked: Prisma.sql`k.revoked_at IS NOT NULL`,
  expired: Prisma.sql`(k.revoked_at IS NULL AND coalesce(k.expires_at <= now(), false))`,
  paused: Prisma.sql`(${LIVING_SQL} AND k.paused_at IS NOT NULL)`,
  rotating: Prisma.sql`(${LIVING_SQL} AND k.paused_at IS NULL AND ${ROTATING_SQL})`,
  active: Prisma.sql`(${LIVING_SQL} AND k.paused_at IS NULL AND NOT ${ROTATING_SQL})`,
};

/** Whether a key makes no calls now, by the database's clock, for a query over `keys k`. */
export const DISABLED_SQL = Prisma.sql`
  (k.revoked_at IS NOT NULL OR k.paused_at IS NOT NULL OR coalesce(k.expires_at <= now(), false))`;

/** The columns of a KeyRow, for a query over `keys k` and its `key_meters m`. */
export const ROW_SQL = Prisma.sql`
  k.id, k.name, ${STATUS_SQL} AS status,
  k.models, k.ip_ranges AS "ipRanges", k.total_budget_nano AS "totalBudgetNano",
  k.period_budget_nano AS "periodBudgetNano", k.period::text AS period,
  k.requests_per_minute AS "requestsPerMinute", k.tokens_per_minute AS "tokensPerMinute",
  k.max_parallel AS "maxParallel", k.max_request_nano AS "maxRequestNano", k.expires_at AS "expiresAt",
  k.last_used_at AS "lastUsedAt", k.last_client AS "lastClient", k.created_at AS "createdAt",
  k.updated_at AS "updatedAt", k.paused_at AS "pausedAt", k.revoked_at AS "revokedAt",
  coalesce(m.total_spent_nano, 0) AS "totalSpentNano", coalesce(m.total_reserved_nano, 0) AS "totalHeldNano",
  CASE WHEN m.period_start = p.start THEN m.period_spent_nano ELSE 0 END AS "periodSpentNano",
  CASE WHEN m.period_start = p.start THEN m.period_reserved_nano ELSE 0 END AS "periodHeldNano",
  ledger.period_end(k.period, now()) AS "periodEndsAt"`;

/** What ROW_SQL selects from. */
export const FROM_SQL = Prisma.sql`
  keys k
  LEFT JOIN key_meters m ON m.key_id = k.id
  CROSS JOIN LATERAL (SELECT ledger.period_start(k.period, now()) AS start) p`;

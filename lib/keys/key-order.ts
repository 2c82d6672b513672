import {
  EXPIRING_DAYS,
  type KeyNeed,
  type KeyOrder,
  NEAR_LIMIT_SHARE,
  UNUSED_DAYS,
} from "@/lib/keys/list-choices";
import { Prisma } from "@/prisma/generated/client";

interface Order {
  /** Never null, over `keys k` and `key_meters m`; equal ones are ordered by their id, in the same direction. */
  value: Prisma.Sql;
  type: Prisma.Sql;
  descending: boolean;
  /** What its text may look like, before it reaches a cast. */
  fits: RegExp;
}

const TIME = /^(-?infinity|\d{4,5}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?)$/;
const time = { type: Prisma.sql`timestamptz`, fits: TIME };

/** How far the budget that is closest to its end is used, what calls hold included; 0 without one. */
const SHARE_SQL = Prisma.sql`coalesce(greatest(
  CASE WHEN k.total_budget_nano > 0
       THEN (m.total_spent_nano::numeric + m.total_reserved_nano) / k.total_budget_nano ELSE 0 END,
  CASE WHEN k.period_budget_nano > 0 AND m.period_start = ledger.period_start(k.period, now())
       THEN (m.period_spent_nano::numeric + m.period_reserved_nano) / k.period_budget_nano ELSE 0 END), 0)`;

const LIVING_SQL = Prisma.sql`k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())`;

const ORDERS: Record<KeyOrder, Order> = {
  newest: { ...time, value: Prisma.sql`k.created_at`, descending: true },
  name: { value: Prisma.sql`lower(k.name)`, type: Prisma.sql`text`, descending: false, fits: /^[^\0]*$/ },
  used: { ...time, value: Prisma.sql`coalesce(k.last_used_at, '-infinity')`, descending: true },
  spent: {
    value: Prisma.sql`coalesce(m.total_spent_nano, 0)`,
    type: Prisma.sql`bigint`,
    descending: true,
    fits: /^\d{1,18}$/,
  },
  limit: {
    value: Prisma.sql`CASE WHEN ${LIVING_SQL} THEN trunc(${SHARE_SQL}, 6) ELSE -1 END`,
    type: Prisma.sql`numeric`,
    descending: true,
    fits: /^-?\d{1,30}(\.\d{1,20})?$/,
  },
  // Those that have ended come last, with those that never end.
  expires: {
    ...time,
    value: Prisma.sql`CASE WHEN ${LIVING_SQL} THEN coalesce(k.expires_at, 'infinity') ELSE 'infinity' END`,
    descending: false,
  },
};

export function orderOf(sort: KeyOrder): Order {
  return ORDERS[sort];
}

/** Which living keys need a look for one reason, over `keys k` and `key_meters m`. */
export const NEED_SQL: Record<KeyNeed, Prisma.Sql> = {
  limit: Prisma.sql`(${LIVING_SQL} AND ${SHARE_SQL} >= ${NEAR_LIMIT_SHARE}::numeric)`,
  expiring: Prisma.sql`(${LIVING_SQL} AND k.expires_at < now() + make_interval(days => ${EXPIRING_DAYS}::int))`,
  old: Prisma.sql`(${LIVING_SQL} AND EXISTS (
    SELECT 1 FROM key_secrets s JOIN workspaces w ON w.id = k.workspace_id
     WHERE s.key_id = k.id AND s.ends_at IS NULL AND w.key_reminder_days > 0
       AND s.created_at < now() - make_interval(days => w.key_reminder_days)))`,
  unused: Prisma.sql`(${LIVING_SQL} AND coalesce(k.last_used_at, k.created_at) < now() - make_interval(days => ${UNUSED_DAYS}::int))`,
};

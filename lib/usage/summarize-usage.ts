import type { Ctx } from "@/lib/actor";
import { pool } from "@/lib/db";
import { filterSql, SqlValues } from "@/lib/usage/filter-sql";
import type { CallFilters } from "@/lib/usage/parse-filters";
import type { UsageRange } from "@/lib/usage/parse-range";
import { rangeSlots, type Slot } from "@/lib/usage/range-slots";
import { addSums, noSums, SUMS_SQL, type UsageSums } from "@/lib/usage/usage-sums";

export type UsageGroupBy = "model" | "key";

/** One model or key over the range. `bySlot` is as long as the summary's `slots`. */
export interface UsageGroup {
  /** Model id or key id. */
  id: string;
  /** The key's name, or the model's id. */
  name: string;
  sums: UsageSums;
  bySlot: { costNano: bigint; calls: bigint }[];
}

export interface UsageSummary {
  totals: UsageSums;
  slots: (Slot & { sums: UsageSums })[];
  /** Dearest first, then by calls. */
  groups: UsageGroup[];
}

export interface SummarizeInput {
  range: UsageRange;
  groupBy: UsageGroupBy;
  /** `requestId` is not looked at. */
  filters?: CallFilters;
}

/**
 * Sums of a workspace's calls over the slots of a range, by model or by key, from the 15-minute rollups alone.
 * Amounts in nano-USD. A call belongs to the moment at which it was settled.
 */
export async function summarizeUsage(ctx: Ctx, input: SummarizeInput): Promise<UsageSummary> {
  const slots = rangeSlots(input.range).map((slot) => ({ ...slot, sums: noSums() }));
  const totals = noSums();
  const groups = new Map<string, UsageGroup>();
  for (const row of await readRows(ctx, input, slots)) {
    const slot = slots[row.slot];
    if (!slot) continue;
    addSums(slot.sums, row);
    addSums(totals, row);
    let group = groups.get(row.id);
    if (!group) {
      const bySlot = slots.map(() => ({ costNano: 0n, calls: 0n }));
      group = { id: row.id, name: row.name, sums: noSums(), bySlot };
      groups.set(row.id, group);
    }
    addSums(group.sums, row);
    group.bySlot[row.slot] = { costNano: row.costNano, calls: row.calls };
  }
  return { totals, slots, groups: [...groups.values()].sort(dearestFirst) };
}

type Row = UsageSums & { id: string; name: string; slot: number };

async function readRows(ctx: Ctx, input: SummarizeInput, slots: Slot[]): Promise<Row[]> {
  const values = new SqlValues();
  const workspace = values.add(ctx.workspaceId);
  const bounds = values.add(slots.map((slot) => slot.from));
  const from = values.add(input.range.from);
  const to = values.add(input.range.to);
  const byKey = input.groupBy === "key";
  const { rows } = await pool().query<Row>(
    `SELECT x.*, ${byKey ? "coalesce(k.name, x.id)" : "x.id"} AS "name"
       FROM (SELECT u.${byKey ? "key_id" : "model_id"} AS "id",
                    width_bucket(u.bucket, ${bounds}::timestamptz[]) - 1 AS "slot", ${SUMS_SQL}
               FROM usage_rollups u
              WHERE u.workspace_id = ${workspace} AND u.bucket >= ${from} AND u.bucket < ${to}
                ${filterSql(input.filters ?? {}, values, "u")}
              GROUP BY 1, 2) x
       ${byKey ? `LEFT JOIN keys k ON k.id = x.id AND k.workspace_id = ${workspace}` : ""}`,
    values.list,
  );
  return rows;
}

function dearestFirst(a: UsageGroup, b: UsageGroup): number {
  if (a.sums.costNano !== b.sums.costNano) return a.sums.costNano < b.sums.costNano ? 1 : -1;
  if (a.sums.calls !== b.sums.calls) return a.sums.calls < b.sums.calls ? 1 : -1;
  return a.id < b.id ? -1 : 1;
}

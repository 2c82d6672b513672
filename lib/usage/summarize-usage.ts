import type { Ctx } from "@/lib/actor";
import { SqlValues } from "@/lib/usage/filter-sql";
import type { CallFilters } from "@/lib/usage/parse-filters";
import type { UsageRange } from "@/lib/usage/parse-range";
import { rangeSlots, type Slot } from "@/lib/usage/range-slots";
import { type Folded, readFolded, sumSource } from "@/lib/usage/sum-source";
import { usagePool } from "@/lib/usage/usage-pool";
import {
  ADDENDS,
  addSpeed,
  addSums,
  noSpeed,
  noSums,
  SPEED_SQL,
  type Speed,
  type SpeedSums,
  SUMS_SQL,
  speedOf,
  tokensOf,
  type UsageSums,
} from "@/lib/usage/usage-sums";

export const USAGE_GROUPS = ["model", "key", "client", "dialect", "status"] as const;
export type UsageGroupBy = (typeof USAGE_GROUPS)[number];

export const USAGE_MEASURES = ["spend", "calls", "tokens", "errors", "latency"] as const;
export type UsageMeasure = (typeof USAGE_MEASURES)[number];

/** Past so many groups the small ones are one. */
export const MOST_GROUPS = 50;
/** The id of that one. */
export const REST_GROUP = "\u0000rest";

/** One model, key, client, dialect or status over the range. `bySlot` is as long as the summary's `slots`. */
export interface UsageGroup {
  /** The model's or key's id, or the name of the client, dialect or outcome. */
  id: string;
  /** The key's name, or the id. */
  name: string;
  sums: UsageSums;
  speed: Speed;
  bySlot: UsageSums[];
}

export interface UsageSummary {
  totals: UsageSums;
  speed: Speed;
  slots: (Slot & { sums: UsageSums; speed: Speed })[];
  /** Largest first by the measure; past MOST_GROUPS the rest is the last one, called REST_GROUP. */
  groups: UsageGroup[];
  /** How many groups the rest is made of. */
  restGroups: number;
}

export interface SummarizeInput {
  range: UsageRange;
  groupBy: UsageGroupBy;
  /** What groups are put in order by: spend unless told. */
  measure?: UsageMeasure;
  /** Only what sums know: neither cost nor duration nor a request id is looked at. */
  filters?: CallFilters;
}

/**
 * Sums of a workspace's calls over the slots of a range, by model, key, client, dialect or status, from rollups and
 * folded days alone. Amounts in nano-USD. A call belongs to the moment at which it was settled.
 */
export async function summarizeUsage(ctx: Ctx, input: SummarizeInput): Promise<UsageSummary> {
  const slots = rangeSlots(input.range);
  const folded = input.range.granularity === "hour" ? null : await readFolded(ctx, input.range.zone);
  const rows = await readRows(ctx, input, slots, folded);

  const totals = noSums();
  const speed = noSpeed();
  const bySlot = slots.map(() => ({ sums: noSums(), speed: noSpeed() }));
  const groups = new Map<string, { name: string; sums: UsageSums; speed: SpeedSums; bySlot: UsageSums[] }>();
  for (const raw of rows) {
    const row = { ...raw, firstByteHist: BigInt(raw.firstByteHist), totalHist: BigInt(raw.totalHist) };
    const slot = bySlot[row.slot];
    if (!slot) continue;
    const id = row.id ?? REST_GROUP;
    let group = groups.get(id);
    if (!group) {
      group = { name: row.name ?? id, sums: noSums(), speed: noSpeed(), bySlot: slots.map(noSums) };
      groups.set(id, group);
    }
    for (const into of [totals, slot.sums, group.sums, group.bySlot[row.slot]]) if (into) addSums(into, row);
    for (const into of [speed, slot.speed, group.speed]) addSpeed(into, row);
  }
  return {
    totals,
    speed: speedOf(speed),
    slots: slots.map((slot, at) => ({
      ...slot,
      sums: bySlot[at]?.sums ?? noSums(),
      speed: speedOf(bySlot[at]?.speed ?? noSpeed()),
    })),
    groups: [...groups]
      .map(([id, group]) => ({ ...group, id, speed: speedOf(group.speed) }))
      .sort(largestFirst(input.measure ?? "spend")),
    restGroups: rows.find((row) => row.id === null)?.restGroups ?? 0,
  };
}

type Row = UsageSums & {
  /** Null: one of those that are too many. */
  id: string | null;
  name: string | null;
  slot: number;
  firstByteHist: string;
  totalHist: string;
  timedTokens: bigint;
  timedMs: bigint;
  restGroups: number;
};

/** Where a group stands in the sums. */
export const GROUP_COLUMN = {
  model: "model_id",
  key: "key_id",
  client: "client",
  dialect: "dialect",
  status: "outcome",
} as const satisfies Record<UsageGroupBy, string>;

/** What of a group's sums its place goes by. */
const RANK = {
  spend: '"costNano"',
  calls: '"calls"',
  latency: '"calls"',
  tokens: '"inputTokens" + "cachedTokens" + "outputTokens" + "reasoningTokens"',
  errors: '"failed"',
} as const satisfies Record<UsageMeasure, string>;

const ADDED = ADDENDS.map(
  (name) => `sum(c."${name}")::${name.endsWith("Hist") ? "text" : "bigint"} AS "${name}"`,
).join(", ");

async function readRows(
  ctx: Ctx,
  { range, groupBy, measure = "spend", filters = {} }: SummarizeInput,
  slots: Slot[],
  folded: Folded | null,
): Promise<Row[]> {
  const values = new SqlValues();
  const workspace = values.add(ctx.workspaceId);
  const bounds = values.add(slots.map((slot) => slot.from));
  const source = sumSource(values, { workspace, from: range.from, to: range.to, folded, filters });
  const { rows } = await usagePool().query<Row>(
    `WITH cube AS MATERIALIZED (
            SELECT u.${GROUP_COLUMN[groupBy]} AS id, width_bucket(u.bucket, ${bounds}::timestamptz[]) - 1 AS slot, ${SUMS_SQL}, ${SPEED_SQL}
              FROM ${source} u GROUP BY 1, 2),
          top AS MATERIALIZED (
            SELECT id, row_number() OVER (ORDER BY sum(${RANK[measure]}) DESC, sum(calls) DESC, id) AS place, count(*) OVER () AS groups
              FROM cube GROUP BY id)
     SELECT x.*, ${groupBy === "key" ? "coalesce(k.name, x.id)" : "x.id"} AS "name"
       FROM (SELECT CASE WHEN t.place <= ${MOST_GROUPS} THEN t.id END AS "id", c.slot AS "slot",
                    greatest(max(t.groups) - ${MOST_GROUPS}, 0)::int AS "restGroups", ${ADDED}
               FROM cube c JOIN top t ON t.id = c.id GROUP BY 1, 2) x
       ${groupBy === "key" ? `LEFT JOIN keys k ON k.id = x.id AND k.workspace_id = ${workspace}` : ""}`,
    values.list,
  );
  return rows;
}

type Ranked = Pick<UsageGroup, "id" | "sums">;

function largestFirst(measure: UsageMeasure): (a: Ranked, b: Ranked) => number {
  const size = ({ sums }: Ranked) =>
    ({
      spend: sums.costNano,
      calls: sums.calls,
      latency: sums.calls,
      tokens: tokensOf(sums),
      errors: sums.failed,
    })[measure];
  return (a, b) => {
    if ((a.id === REST_GROUP) !== (b.id === REST_GROUP)) return a.id === REST_GROUP ? 1 : -1;
    if (size(a) !== size(b)) return size(a) < size(b) ? 1 : -1;
    if (a.sums.calls !== b.sums.calls) return a.sums.calls < b.sums.calls ? 1 : -1;
    return a.id < b.id ? -1 : 1;
  };
}

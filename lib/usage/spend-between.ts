import type { Ctx } from "@/lib/actor";
import { callFilterSql, SqlValues } from "@/lib/usage/filter-sql";
import { type CallFilters, FAILED_OUTCOMES } from "@/lib/usage/parse-filters";
import { readFolded, sumSource } from "@/lib/usage/sum-source";
import { usagePool } from "@/lib/usage/usage-pool";

const QUARTER_MS = 15 * 60_000;

export interface Spend {
  costNano: bigint;
  calls: bigint;
  failed: bigint;
}

/**
 * What was spent from one instant, included, to another, excluded, to the unit: from the rollups for whole
 * quarters of an hour, from the calls themselves for what is left at either end. Nano-USD.
 */
export async function spendBetween(
  ctx: Ctx,
  input: { from: Date; to: Date; filters?: Omit<CallFilters, "minCostNano" | "minTotalMs" | "requestId"> },
): Promise<Spend> {
  const none: Spend = { costNano: 0n, calls: 0n, failed: 0n };
  if (input.from >= input.to) return none;
  const firstWhole = Math.ceil(input.from.getTime() / QUARTER_MS) * QUARTER_MS;
  const lastWhole = Math.floor(input.to.getTime() / QUARTER_MS) * QUARTER_MS;
  const folded = await readFolded(ctx, "UTC");
  const filters = input.filters ?? {};
  const values = new SqlValues();
  const workspace = values.add(ctx.workspaceId);
  const failed = values.add([...FAILED_OUTCOMES]);
  const parts: string[] = [];
  const addCalls = (start: Date, end: Date) =>
    parts.push(
      `SELECT c.cost_nano AS cost, 1::bigint AS calls, c.outcome FROM usage.calls c
        WHERE c.workspace_id = ${workspace} AND c.created_at >= ${values.add(start)} AND c.created_at < ${values.add(end)}
          ${callFilterSql(filters, values, "c")}`,
    );
  if (firstWhole <= lastWhole) {
    const [whole, rest] = [new Date(firstWhole), new Date(lastWhole)];
    if (firstWhole > input.from.getTime()) addCalls(input.from, whole);
    if (lastWhole < input.to.getTime()) addCalls(rest, input.to);
    const source = sumSource(values, { workspace, from: whole, to: rest, folded, filters });
    parts.push(`SELECT u.cost_nano, u.calls, u.outcome FROM ${source} u`);
  } else {
    addCalls(input.from, input.to);
  }
  const { rows } = await usagePool().query<Spend>(
    `SELECT coalesce(sum(cost), 0)::bigint AS "costNano", coalesce(sum(calls), 0)::bigint AS "calls",
            coalesce(sum(calls) FILTER (WHERE outcome = ANY(${failed}::text[])), 0)::bigint AS "failed"
       FROM (${parts.join(" UNION ALL ")}) x`,
    values.list,
  );
  return rows[0] ?? none;
}

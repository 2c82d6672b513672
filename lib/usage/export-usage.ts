import type { Ctx } from "@/lib/actor";
import { usdExact } from "@/lib/money";
import { type ExportFormat, exportHead, exportLine } from "@/lib/usage/export-text";
import { SqlValues } from "@/lib/usage/filter-sql";
import type { CallFilters } from "@/lib/usage/parse-filters";
import type { UsageRange } from "@/lib/usage/parse-range";
import { rangeSlots } from "@/lib/usage/range-slots";
import { readFolded, sumSource } from "@/lib/usage/sum-source";
import { GROUP_COLUMN, type UsageGroupBy } from "@/lib/usage/summarize-usage";
import { usagePool } from "@/lib/usage/usage-pool";
import { SPEED_SQL, type SpeedSums, SUMS_SQL, speedOf, type UsageSums } from "@/lib/usage/usage-sums";

export const USAGE_COLUMNS = [
  "from",
  "to",
  "group",
  "name",
  "calls",
  "failed",
  "input_tokens",
  "cached_tokens",
  "cache_write_tokens",
  "output_tokens",
  "reasoning_tokens",
  "cost_usd",
  "first_byte_p50_ms",
  "first_byte_p95_ms",
  "total_p50_ms",
  "total_p95_ms",
  "tokens_per_second",
] as const;

type Row = UsageSums &
  Omit<SpeedSums, "firstByteHist" | "totalHist"> & {
    id: string;
    name: string;
    firstByteHist: string;
    totalHist: string;
  };

/**
 * The sums of a range as text: a line for each group of each hour, day or week that has calls, all groups, one slot
 * at a time. Amounts as exact decimal USD; `input_tokens` includes cache writes, but not what was cached.
 */
export async function* exportUsage(
  ctx: Ctx,
  input: { format: ExportFormat; range: UsageRange; groupBy: UsageGroupBy; filters: CallFilters },
): AsyncGenerator<string> {
  const { format, range, groupBy, filters } = input;
  yield exportHead(format, USAGE_COLUMNS);
  const folded = range.granularity === "hour" ? null : await readFolded(ctx, range.zone);
  for (const { from, to } of rangeSlots(range)) {
    const values = new SqlValues();
    const workspace = values.add(ctx.workspaceId);
    const source = sumSource(values, { workspace, from, to, folded, filters });
    const { rows } = await usagePool().query<Row>(
      `SELECT x.*, ${groupBy === "key" ? "coalesce(k.name, x.id)" : "x.id"} AS "name"
         FROM (SELECT u.${GROUP_COLUMN[groupBy]} AS "id", ${SUMS_SQL}, ${SPEED_SQL} FROM ${source} u GROUP BY 1) x
         ${groupBy === "key" ? `LEFT JOIN keys k ON k.id = x.id AND k.workspace_id = ${workspace}` : ""}
        ORDER BY x."costNano" DESC, x.id`,
      values.list,
    );
    const lines = rows.map((row) => {
      const hists = { firstByteHist: BigInt(row.firstByteHist), totalHist: BigInt(row.totalHist) };
      const speed = speedOf({ ...row, ...hists });
      return exportLine(format, USAGE_COLUMNS, {
        from,
        to,
        group: row.id,
        name: row.name,
        calls: row.calls,
        failed: row.failed,
        input_tokens: row.inputTokens,
        cached_tokens: row.cachedTokens,
        cache_write_tokens: row.cacheWriteTokens,
        output_tokens: row.outputTokens,
        reasoning_tokens: row.reasoningTokens,
        cost_usd: usdExact(row.costNano),
        first_byte_p50_ms: speed.firstByteP50Ms,
        first_byte_p95_ms: speed.firstByteP95Ms,
        total_p50_ms: speed.totalP50Ms,
        total_p95_ms: speed.totalP95Ms,
        tokens_per_second: speed.tokensPerSecond,
      });
    });
    if (lines.length > 0) yield lines.join("");
  }
}

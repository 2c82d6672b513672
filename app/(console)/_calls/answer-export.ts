import { AppError } from "@/lib/errors";
import { runRoute } from "@/lib/http/run-route";
import { streamText } from "@/lib/http/stream-text";
import { exportCalls } from "@/lib/usage/export-calls";
import type { ExportFormat } from "@/lib/usage/export-text";
import { exportUsage } from "@/lib/usage/export-usage";
import { parseFilters } from "@/lib/usage/parse-filters";
import { parseRange } from "@/lib/usage/parse-range";
import { parseZone } from "@/lib/usage/parse-zone";
import { spendBetween } from "@/lib/usage/spend-between";
import { USAGE_GROUPS } from "@/lib/usage/summarize-usage";

const TYPES = { csv: "text/csv; charset=utf-8", jsonl: "application/x-ndjson; charset=utf-8" } as const;

/**
 * The rows of a view as a file, written while they are read. `x-total-rows` says how many there will be, where sums
 * know it. What the page's URL says counts here too; what it cannot mean is refused instead of being left out.
 */
export function answerExport(
  request: Request,
  what: "calls" | "usage",
  format: ExportFormat,
): Promise<Response> {
  return runRoute(request, async (user) => {
    const query = Object.fromEntries(new URL(request.url).searchParams);
    const now = new Date();
    const { zone, problem: zoneProblem } = parseZone(query, user.user.timeZone);
    const { range, problem } = parseRange(query, zone, now);
    const { filters, problem: filterProblem } = parseFilters(query);
    const field = problem ? "range" : (filterProblem ?? zoneProblem);
    if (field) throw new AppError("invalid_input", "checkFields", { field });
    const { minCostNano, minTotalMs, requestId, ...summable } = filters;
    const groupBy = USAGE_GROUPS.find((name) => name === query.by) ?? "model";
    // What is settled from now on is another export's.
    const to = range.to < now ? range.to : now;
    const counted = what === "calls" && !minCostNano && !minTotalMs && !requestId;
    const between = { from: range.from, to, filters: summable };
    const total = counted ? (await spendBetween(user, between)).calls : null;
    const rows =
      what === "calls"
        ? exportCalls(user, { format, from: range.from, to, filters })
        : exportUsage(user, { format, range, groupBy, filters: summable });
    return new Response(streamText(user, rows), {
      headers: {
        "cache-control": "private, no-store",
        "content-type": TYPES[format],
        "content-disposition": `attachment; filename="tollgate-${what}-${range.fromDay}-${range.toDay}.${format}"`,
        ...(total === null ? {} : { "x-total-rows": total.toString() }),
      },
    });
  });
}

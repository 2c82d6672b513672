import { exportHistory } from "@/lib/billing/views/export-history";
import { AppError } from "@/lib/errors";
import { runRoute } from "@/lib/http/run-route";
import { streamText } from "@/lib/http/stream-text";
import { parseHistoryFilter } from "@/lib/ledger/history-filter";

/** The history that the page's URL means, all of it, written while it is read. */
export function GET(request: Request): Promise<Response> {
  return runRoute(request, async (user) => {
    const { timeZone } = user.user;
    const query = Object.fromEntries(new URL(request.url).searchParams);
    const { filter, problem } = parseHistoryFilter(query, timeZone);
    if (problem) throw new AppError("invalid_input", "checkFields", { field: problem });
    const day = new Date().toISOString().slice(0, 10);
    return new Response(streamText(user, exportHistory(user, { timeZone, filter })), {
      headers: {
        "cache-control": "private, no-store",
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="tollgate-credits-${day}.csv"`,
      },
    });
  });
}

import type { Ctx } from "@/lib/actor";
import { usdExact } from "@/lib/money";
import { type ExportFormat, type ExportRow, exportHead, exportLine } from "@/lib/usage/export-text";
import type { CallFilters } from "@/lib/usage/parse-filters";
import { readCalls } from "@/lib/usage/read-calls";

/** Rows of one round trip, and of one piece of the answer: what the whole export holds in memory. */
const AT_ONCE = 2_000;

const COLUMNS_SQL = `
  c.request_id, c.started_at, c.created_at AS settled_at, c.key_id, coalesce(k.name, '') AS key_name, c.model_id AS model, c.asked_model,
  c.dialect, c.client, c.client_title, c.streamed, c.outcome, c.http_status, c.error_code, c.finish_reason, c.input_tokens,
  c.cached_tokens, c.cache_write_5m_tokens, c.cache_write_1h_tokens, c.output_tokens, c.reasoning_tokens, c.audio_input_tokens,
  c.audio_output_tokens, c.image_tokens, c.measured, c.clamped_tokens, c.cost_nano, c.reserved_nano, c.queued_ms, c.first_byte_ms,
  c.total_ms, c.request_bytes, c.fallbacks, (extract(epoch FROM c.created_at) * 1000000)::bigint AS at_micros`;

export const CALL_COLUMNS = [
  "request_id",
  "started_at",
  "settled_at",
  "key_id",
  "key_name",
  "model",
  "asked_model",
  "dialect",
  "client",
  "client_title",
  "streamed",
  "outcome",
  "http_status",
  "error_code",
  "finish_reason",
  "input_tokens",
  "cached_tokens",
  "cache_write_5m_tokens",
  "cache_write_1h_tokens",
  "output_tokens",
  "reasoning_tokens",
  "audio_input_tokens",
  "audio_output_tokens",
  "image_tokens",
  "measured",
  "clamped_tokens",
  "cost_usd",
  "reserved_usd",
  "queued_ms",
  "first_byte_ms",
  "total_ms",
  "request_bytes",
  "fallbacks",
] as const;

type Raw = ExportRow & { request_id: string; at_micros: bigint; cost_nano: bigint; reserved_nano: bigint };

/**
 * A workspace's calls of a time as text, newest first, a piece of some thousand lines at a time: however many they
 * are, no more than one piece is in memory. Amounts as exact decimal USD.
 */
export async function* exportCalls(
  ctx: Ctx,
  input: { format: ExportFormat; from: Date; to: Date; filters: CallFilters },
): AsyncGenerator<string> {
  const { format, from, to, filters } = input;
  yield exportHead(format, CALL_COLUMNS);
  for (let cursor = null; ; ) {
    const rows: Raw[] = await readCalls<Raw>(ctx, { from, to, filters, cursor, count: AT_ONCE }, COLUMNS_SQL);
    const lines = rows.map((row) => {
      const [cost_usd, reserved_usd] = [usdExact(row.cost_nano), usdExact(row.reserved_nano)];
      return exportLine(format, CALL_COLUMNS, { ...row, cost_usd, reserved_usd });
    });
    if (lines.length > 0) yield lines.join("");
    const last = rows.at(-1);
    if (!last || rows.length < AT_ONCE) return;
    cursor = { side: "older" as const, atMicros: last.at_micros, requestId: last.request_id };
  }
}

import type { UsageCall } from "@/lib/usage/types";

/** One call as lists show it. Money in nano-USD. */
export interface CallRow
  extends Pick<
    UsageCall,
    | "requestId"
    | "keyId"
    | "modelId"
    | "dialect"
    | "client"
    | "streamed"
    | "outcome"
    | "httpStatus"
    | "errorCode"
    | "firstByteMs"
    | "totalMs"
    | "measured"
  > {
  /** When it was settled, which is what lists are ordered by. */
  createdAt: Date;
  /** The same in microseconds since 1970, for cursors. */
  atMicros: bigint;
  keyName: string | null;
  /** Everything that went in and came out, cached and reasoning tokens included. */
  tokensIn: number;
  cachedTokens: number;
  tokensOut: number;
  reasoningTokens: number;
  costNano: bigint;
}

/** Selects a CallRow, with token counts still as bigint, from `usage.calls AS c` and `keys AS k`. */
export const CALL_ROW_SQL = `
  c.request_id AS "requestId", c.key_id AS "keyId", k.name AS "keyName", c.model_id AS "modelId", c.dialect, c.client,
  c.streamed, c.outcome, c.http_status AS "httpStatus", c.error_code AS "errorCode",
  c.first_byte_ms AS "firstByteMs", c.total_ms AS "totalMs", c.measured, c.created_at AS "createdAt",
  (extract(epoch FROM c.created_at) * 1000000)::bigint AS "atMicros",
  c.input_tokens + c.cached_tokens + c.cache_write_5m_tokens + c.cache_write_1h_tokens + c.audio_input_tokens
    + c.image_tokens AS "tokensIn", c.cached_tokens AS "cachedTokens",
  c.output_tokens + c.reasoning_tokens + c.audio_output_tokens AS "tokensOut", c.reasoning_tokens AS "reasoningTokens",
  c.cost_nano AS "costNano"`;

type Raw = Omit<CallRow, "tokensIn" | "cachedTokens" | "tokensOut" | "reasoningTokens"> &
  Record<"tokensIn" | "cachedTokens" | "tokensOut" | "reasoningTokens", bigint>;

export type RawCallRow = Raw;

/** Token counts become numbers: each is bounded by MAX_TOKENS. */
export function toCallRow(raw: Raw): CallRow {
  return {
    ...raw,
    tokensIn: Number(raw.tokensIn),
    cachedTokens: Number(raw.cachedTokens),
    tokensOut: Number(raw.tokensOut),
    reasoningTokens: Number(raw.reasoningTokens),
  };
}

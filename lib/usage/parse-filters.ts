import { parseUsd } from "@/lib/money";
import type { UsageCall, UsageOutcome } from "@/lib/usage/types";

/** Calls that gave the caller no answer. `cut` and `cancelled` are answers that ended early. */
export const FAILED_OUTCOMES = ["upstream_error", "refused", "empty", "interrupted"] as const;

export const STATUS_FILTERS = [
  "ok",
  "failed",
  "cut",
  "cancelled",
  "upstream_error",
  "refused",
  "empty",
  "interrupted",
] as const;
export type StatusFilter = (typeof STATUS_FILTERS)[number];

export const DIALECTS = ["chat", "completions", "responses", "messages", "embeddings"] as const;

/** What calls are narrowed down to. All given ones must hold. */
export interface CallFilters {
  keyId?: string;
  modelId?: string;
  status?: StatusFilter;
  client?: string;
  dialect?: UsageCall["dialect"];
  /** Calls that cost at least this much, in nano-USD. */
  minCostNano?: bigint;
  /** Calls that took at least this long from beginning to end. */
  minTotalMs?: number;
  requestId?: string;
}

/** A page's query, as Next hands it over. */
export type QueryInput = Record<string, string | string[] | undefined>;

export type FilterProblem = "status" | "key" | "model" | "request" | "client" | "dialect" | "cost" | "took";

/** The names of filters in a URL. */
export const FILTER_NAMES = [
  "key",
  "model",
  "status",
  "client",
  "dialect",
  "cost",
  "took",
  "request",
] as const;

const LONGEST = 200;

/** The first value of a query parameter, trimmed; undefined when blank. */
export function queryValue(input: QueryInput, name: string): string | undefined {
  const value = input[name];
  const first = Array.isArray(value) ? value[0] : value;
  return first?.trim() || undefined;
}

/** No text beyond the columns' length, and none that Postgres cannot hold. */
function clean(text: string | undefined): string | null | undefined {
  if (text === undefined) return undefined;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  return text.length > LONGEST || /[\u0000-\u001f\u007f]/.test(text) ? null : text;
}

/**
 * Filters out of a URL's `key`, `model`, `status`, `client`, `dialect`, `cost` (at least so many USD), `took` (at
 * least so many seconds) and `request`. Never throws: a value that cannot be one is left
 * out and named. An id that nothing has is kept, and finds nothing.
 */
export function parseFilters(input: QueryInput): { filters: CallFilters; problem: FilterProblem | null } {
  const filters: CallFilters = {};
  let problem: FilterProblem | null = null;

  const keyId = clean(queryValue(input, "key"));
  if (keyId) filters.keyId = keyId;
  else if (keyId === null) problem = "key";

  const modelId = clean(queryValue(input, "model"));
  if (modelId) filters.modelId = modelId;
  else if (modelId === null) problem = "model";

  const requestId = clean(queryValue(input, "request"));
  if (requestId) filters.requestId = requestId;
  else if (requestId === null) problem = "request";

  const client = clean(queryValue(input, "client"));
  if (client) filters.client = client;
  else if (client === null) problem = "client";

  const spoken = queryValue(input, "dialect");
  const dialect = DIALECTS.find((name) => name === spoken);
  if (dialect) filters.dialect = dialect;
  else if (spoken !== undefined) problem = "dialect";

  const cost = queryValue(input, "cost");
  const minCostNano = cost === undefined ? undefined : parseCost(cost);
  if (minCostNano) filters.minCostNano = minCostNano;
  else if (minCostNano === null) problem = "cost";

  const took = queryValue(input, "took");
  const minTotalMs = took === undefined ? undefined : parseSeconds(took);
  if (minTotalMs) filters.minTotalMs = minTotalMs;
  else if (minTotalMs === null) problem = "took";

  const wanted = queryValue(input, "status");
  const status = STATUS_FILTERS.find((name) => name === wanted);
  if (status) filters.status = status;
  else if (wanted !== undefined) problem = "status";

  return { filters, problem };
}

/** Nano-USD of "0.05" or "$0.05"; null if it is no amount. */
function parseCost(text: string): bigint | null {
  try {
    const nano = parseUsd(text.replace(/^\$/, ""));
    return nano < 0n ? null : nano;
  } catch {
    return null;
  }
}

/** Milliseconds of "2.5" or "2.5s"; null if it is no duration of a call. */
function parseSeconds(text: string): number | null {
  const match = /^(\d{1,6}(?:\.\d{1,3})?) ?s?$/.exec(text);
  return match ? Math.round(Number(match[1]) * 1_000) : null;
}

/** The outcomes that a status stands for. */
export function outcomesOf(status: StatusFilter): UsageOutcome[] {
  return status === "failed" ? [...FAILED_OUTCOMES] : [status];
}

import type { UsageOutcome } from "@/lib/usage/types";

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

/** What calls are narrowed down to. All given ones must hold. */
export interface CallFilters {
  keyId?: string;
  modelId?: string;
  status?: StatusFilter;
  requestId?: string;
}

/** A page's query, as Next hands it over. */
export type QueryInput = Record<string, string | string[] | undefined>;

export type FilterProblem = "status" | "key" | "model" | "request";

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
 * Filters out of a URL's `key`, `model`, `status` and `request`. Never throws: a value that cannot be one is left
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

  const wanted = queryValue(input, "status");
  const status = STATUS_FILTERS.find((name) => name === wanted);
  if (status) filters.status = status;
  else if (wanted !== undefined) problem = "status";

  return { filters, problem };
}

/** The outcomes that a status stands for. */
export function outcomesOf(status: StatusFilter): UsageOutcome[] {
  return status === "failed" ? [...FAILED_OUTCOMES] : [status];
}

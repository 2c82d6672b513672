/** The verbs' fields as this API writes them; those that are not here have the same name. */
export const API_FIELDS: Record<string, string> = {
  ipRanges: "ip_ranges",
  totalBudgetNano: "total_limit_usd",
  periodBudgetNano: "period_limit_usd",
  requestsPerMinute: "requests_per_minute",
  tokensPerMinute: "tokens_per_minute",
  maxParallel: "max_parallel_requests",
  maxRequestNano: "request_limit_usd",
  expiresAt: "expires_at",
  updatedAt: "updated_at",
  overlapSeconds: "overlap",
};

import { pool } from "@/lib/db";
import { latencyPercentile, readHistogram } from "@/lib/usage/latency-histogram";

/** How a model or a route does, from our own traffic. Null where there is nothing to tell it from. */
export interface Health {
  calls: number;
  /** 0 to 1. */
  successRate: number | null;
  firstByteP50Ms: number | null;
  firstByteP95Ms: number | null;
  /** Output of streamed answers, from their first byte to their end. */
  tokensPerSecond: number | null;
}

export const NO_HEALTH: Health = {
  calls: 0,
  successRate: null,
  firstByteP50Ms: null,
  firstByteP95Ms: null,
  tokensPerSecond: null,
};

interface Row {
  id: string;
  calls: bigint;
  failed: bigint;
  timedTokens: bigint;
  timedMs: bigint;
  firstByte: string;
}

/**
 * Health of each model that was called in the last `hours` (24 unless told), by model id. It tells nothing of who
 * called; a model that is not in it has no data yet. About a minute old.
 */
export async function readModelHealth(hours = 24): Promise<Map<string, Health>> {
  return read("model_id", hours);
}

/** The same per route, by route id, for the operator: attempts that another route made good count as failures. */
export async function readRouteHealth(hours = 24): Promise<Map<string, Health>> {
  return read("route_id", hours);
}

async function read(column: "model_id" | "route_id", hours: number): Promise<Map<string, Health>> {
  const extra = column === "route_id" ? " + h.given_up" : "";
  const { rows } = await pool().query<Row>(
    `SELECT h.${column} AS id, sum(h.calls${extra})::bigint AS "calls", sum(h.failed${extra})::bigint AS "failed",
            sum(h.timed_tokens)::bigint AS "timedTokens", sum(h.timed_ms)::bigint AS "timedMs",
            sum(h.first_byte_hist)::text AS "firstByte"
       FROM usage_health h
      WHERE h.bucket > now() - $1 * interval '1 hour' GROUP BY 1`,
    [hours],
  );
  return new Map(rows.map((row) => [row.id, toHealth(row)]));
}

function toHealth(row: Row): Health {
  const calls = Number(row.calls);
  const firstByte = readHistogram(row.firstByte);
  const timedMs = Number(row.timedMs);
  return {
    calls,
    successRate: calls === 0 ? null : 1 - Number(row.failed) / calls,
    firstByteP50Ms: latencyPercentile(firstByte, 0.5),
    firstByteP95Ms: latencyPercentile(firstByte, 0.95),
    tokensPerSecond: timedMs === 0 ? null : Math.round((Number(row.timedTokens) * 10_000) / timedMs) / 10,
  };
}

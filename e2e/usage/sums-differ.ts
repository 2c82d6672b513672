import { pool } from "@/lib/db";

const ADDENDS = `calls, input_tokens, cached_tokens, output_tokens, reasoning_tokens, cost_nano, first_byte_ms_sum, total_ms_sum,
  cache_write_tokens, timed_tokens, timed_ms, first_byte_hist, total_hist`;
const sums = (from: string) =>
  `SELECT workspace_id, ${ADDENDS.split(",")
    .map((name) => `sum(${name}) AS ${name.trim()}`)
    .join(", ")} FROM ${from} GROUP BY workspace_id`;

/**
 * Workspaces whose rollups say something else than their rows, counted here in another way than where rollups are
 * written, or whose folded days, with the quarters that are not folded, say something else than their rollups.
 */
export async function sumsDiffer(): Promise<unknown[]> {
  const { rows } = await pool().query(
    `WITH raw AS (
       SELECT workspace_id, count(*) AS calls, sum(cost_nano) AS cost,
              sum(input_tokens) + sum(cache_write_5m_tokens) + sum(cache_write_1h_tokens) + sum(audio_input_tokens) + sum(image_tokens) AS input,
              sum(cached_tokens) AS cached, sum(output_tokens) + sum(audio_output_tokens) AS output, sum(reasoning_tokens) AS reasoning,
              sum(total_ms) AS total_ms, count(first_byte_ms) AS first_bytes
         FROM usage.calls GROUP BY 1),
     rolled AS (${sums("usage_rollups")})
     SELECT 'rows' AS against, workspace_id FROM raw FULL JOIN rolled USING (workspace_id)
      WHERE (raw.calls, raw.cost, input, cached, output, reasoning, total_ms)
        IS DISTINCT FROM (rolled.calls, rolled.cost_nano, rolled.input_tokens, rolled.cached_tokens, rolled.output_tokens,
          rolled.reasoning_tokens, rolled.total_ms_sum)`,
  );
  const { rows: days } = await pool().query(
    `WITH rolled AS (${sums("usage_rollups")}),
     folded AS (
       ${sums(`(
         SELECT d.workspace_id || ' ' || d.zone AS workspace_id, ${ADDENDS} FROM usage_days d
         UNION ALL
         SELECT u.workspace_id || ' ' || z.zone, ${ADDENDS} FROM usage_rollups u
           JOIN usage_zones z ON z.workspace_id = u.workspace_id AND u.bucket >= z.folded_to) x`)})
     SELECT 'days' AS against, f.workspace_id FROM folded f JOIN rolled r ON r.workspace_id = split_part(f.workspace_id, ' ', 1)
      WHERE (${ADDENDS.replace(/(\w+)/g, "f.$1")}) IS DISTINCT FROM (${ADDENDS.replace(/(\w+)/g, "r.$1")})`,
  );
  return [...rows, ...days];
}

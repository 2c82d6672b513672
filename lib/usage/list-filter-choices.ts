import type { Ctx } from "@/lib/actor";
import { pool } from "@/lib/db";

export interface FilterChoices {
  models: string[];
  keys: { id: string; name: string }[];
}

const MOST = 200;

/** The models and keys that the workspace's calls of a time used, by name, for its filters. */
export async function listFilterChoices(ctx: Ctx, input: { from: Date; to: Date }): Promise<FilterChoices> {
  const { rows } = await pool().query<FilterChoices>(
    `WITH used AS MATERIALIZED (
       SELECT DISTINCT u.model_id, u.key_id FROM usage_rollups u
        WHERE u.workspace_id = $1 AND u.bucket >= $2 AND u.bucket < $3 AND u.calls > 0)
     SELECT ARRAY(SELECT DISTINCT model_id FROM used ORDER BY 1 LIMIT ${MOST}) AS "models",
            coalesce((SELECT json_agg(json_build_object('id', x.id, 'name', x.name) ORDER BY lower(x.name), x.id)
               FROM (SELECT k.id, k.name FROM keys k
                      WHERE k.workspace_id = $1 AND k.id IN (SELECT key_id FROM used)
                      ORDER BY lower(k.name), k.id LIMIT ${MOST}) x), '[]') AS "keys"`,
    [ctx.workspaceId, input.from, input.to],
  );
  return rows[0] ?? { models: [], keys: [] };
}

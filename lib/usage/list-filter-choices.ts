import type { Ctx } from "@/lib/actor";
import { readFolded } from "@/lib/usage/sum-source";
import { usagePool } from "@/lib/usage/usage-pool";

export interface FilterChoices {
  models: string[];
  keys: { id: string; name: string }[];
  clients: string[];
}

const MOST = 200;

/**
 * The models, keys and clients of a workspace's calls of a time, by name, for its filters. One that was used both
 * before and after that time is offered as well.
 */
export async function listFilterChoices(ctx: Ctx, input: { from: Date; to: Date }): Promise<FilterChoices> {
  const { foldedTo } = await readFolded(ctx, "UTC");
  const recent = foldedTo && foldedTo > input.from ? foldedTo : input.from;
  const { rows } = await usagePool().query<FilterChoices>(
    `WITH used AS MATERIALIZED (
       SELECT k.model_id, k.key_id, k.client FROM usage_kinds k
        WHERE k.workspace_id = $1 AND k.first_day < $3 AND k.last_day > $2::timestamptz - interval '1 day'
       UNION
       SELECT u.model_id, u.key_id, u.client FROM usage_rollups u
        WHERE u.workspace_id = $1 AND u.bucket >= $4 AND u.bucket < $3 AND u.calls > 0)
     SELECT ARRAY(SELECT DISTINCT model_id FROM used ORDER BY 1 LIMIT ${MOST}) AS "models",
            ARRAY(SELECT DISTINCT client FROM used ORDER BY 1 LIMIT ${MOST}) AS "clients",
            coalesce((SELECT json_agg(json_build_object('id', x.id, 'name', x.name) ORDER BY lower(x.name), x.id)
               FROM (SELECT k.id, k.name FROM keys k
                      WHERE k.workspace_id = $1 AND k.id IN (SELECT key_id FROM used)
                      ORDER BY lower(k.name), k.id LIMIT ${MOST}) x), '[]') AS "keys"`,
    [ctx.workspaceId, input.from, input.to, recent],
  );
  return rows[0] ?? { models: [], keys: [], clients: [] };
}

import type { Ctx } from "@/lib/actor";
import { SqlValues } from "@/lib/usage/filter-sql";
import { readFolded, sumSource } from "@/lib/usage/sum-source";
import { usagePool } from "@/lib/usage/usage-pool";

export interface FilterChoices {
  models: string[];
  keys: { id: string; name: string }[];
  clients: string[];
}

const MOST = 200;

/** The models, keys and clients of a workspace's calls of a time, by name, for its filters. */
export async function listFilterChoices(
  ctx: Ctx,
  input: { from: Date; to: Date; zone?: string },
): Promise<FilterChoices> {
  const folded = await readFolded(ctx, input.zone ?? "UTC");
  const values = new SqlValues();
  const workspace = values.add(ctx.workspaceId);
  const source = sumSource(values, { workspace, from: input.from, to: input.to, folded, filters: {} });
  const { rows } = await usagePool().query<FilterChoices>(
    `WITH used AS MATERIALIZED (SELECT DISTINCT u.model_id, u.key_id, u.client FROM ${source} u WHERE u.calls > 0)
     SELECT ARRAY(SELECT DISTINCT model_id FROM used ORDER BY 1 LIMIT ${MOST}) AS "models",
            ARRAY(SELECT DISTINCT client FROM used ORDER BY 1 LIMIT ${MOST}) AS "clients",
            coalesce((SELECT json_agg(json_build_object('id', x.id, 'name', x.name) ORDER BY lower(x.name), x.id)
               FROM (SELECT k.id, k.name FROM keys k
                      WHERE k.workspace_id = ${workspace} AND k.id IN (SELECT key_id FROM used)
                      ORDER BY lower(k.name), k.id LIMIT ${MOST}) x), '[]') AS "keys"`,
    values.list,
  );
  return rows[0] ?? { models: [], keys: [], clients: [] };
}

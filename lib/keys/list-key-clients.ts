import type { Ctx } from "@/lib/actor";
import { pool } from "@/lib/db";
import { requirePerson } from "@/lib/keys/require-manager";
import { requireOwnKey } from "@/lib/keys/require-own-key";

/** A program that called with a key. Spent in nano-USD; `lastAt` to the quarter of an hour. */
export interface KeyClient {
  /** As in the usage rows; `other` for those that did not say who they are. */
  client: string;
  calls: bigint;
  costNano: bigint;
  lastAt: Date;
}

const AT_MOST = 20;

/**
 * Which programs used a key of the caller's workspace since a moment, most calls first, from the rollups alone.
 * Throws not_found, also for another workspace's key.
 */
export async function listKeyClients(ctx: Ctx, input: { keyId: string; since: Date }): Promise<KeyClient[]> {
  requirePerson(ctx);
  await requireOwnKey(ctx, input.keyId);
  const { rows } = await pool().query<KeyClient>(
    `SELECT u.client, sum(u.calls)::bigint AS "calls", sum(u.cost_nano)::bigint AS "costNano", max(u.bucket) AS "lastAt"
       FROM usage_rollups u
      WHERE u.workspace_id = $1 AND u.key_id = $2 AND u.bucket >= $3 AND u.calls > 0
      GROUP BY u.client ORDER BY 2 DESC, u.client LIMIT ${AT_MOST}`,
    [ctx.workspaceId, input.keyId, input.since],
  );
  return rows;
}

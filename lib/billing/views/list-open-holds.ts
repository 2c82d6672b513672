import type { Ctx } from "@/lib/actor";
import { pool } from "@/lib/db";

/** Money that one call in flight has set aside. Amounts in nano-USD. */
export interface OpenHold {
  id: string;
  keyId: string;
  keyName: string | null;
  /** Known once the call has noted its progress for the first time, a few seconds in. */
  modelId: string | null;
  amountNano: bigint;
  /** What it would cost if it ended now, as last noted. */
  usedNano: bigint | null;
  since: Date;
}

const SHOWN = 20;

/** What a workspace's calls in flight hold now, oldest first, at most twenty; how many there are in all. */
export async function listOpenHolds(ctx: Ctx): Promise<{ holds: OpenHold[]; count: number }> {
  const { rows } = await pool().query<{
    id: string;
    key_id: string;
    key_name: string | null;
    model: string | null;
    amount_nano: bigint;
    checkpoint_nano: bigint | null;
    created_at: Date;
    total: bigint;
  }>(
    `SELECT h.id, h.key_id, k.name AS key_name, h.checkpoint->>'modelId' AS model, h.amount_nano, h.checkpoint_nano,
        h.created_at, count(*) OVER () AS total
      FROM holds h LEFT JOIN keys k ON k.id = h.key_id AND k.workspace_id = h.workspace_id
      WHERE h.workspace_id = $1 AND h.status = 'open' ORDER BY h.created_at, h.id LIMIT ${SHOWN}`,
    [ctx.workspaceId],
  );
  return {
    count: Number(rows[0]?.total ?? 0n),
    holds: rows.map((row) => ({
      id: row.id,
      keyId: row.key_id,
      keyName: row.key_name,
      modelId: row.model,
      amountNano: row.amount_nano,
      usedNano: row.checkpoint_nano,
      since: row.created_at,
    })),
  };
}

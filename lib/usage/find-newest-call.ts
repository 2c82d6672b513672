import type { Ctx } from "@/lib/actor";
import { pool } from "@/lib/db";

/** The request id of the workspace's newest call, or null: cheap enough to be asked every second. */
export async function findNewestCall(ctx: Ctx): Promise<string | null> {
  const { rows } = await pool().query<{ requestId: string }>(
    `SELECT c.request_id AS "requestId" FROM usage.calls c WHERE c.workspace_id = $1
      ORDER BY c.created_at DESC, c.request_id DESC LIMIT 1`,
    [ctx.workspaceId],
  );
  return rows[0]?.requestId ?? null;
}

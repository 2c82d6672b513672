import type { Ctx } from "@/lib/actor";
import { pool } from "@/lib/db";

/** The worker listens here, so that the days of a zone just picked are folded at once. */
export const ZONES_CHANNEL = "tollgate_usage_zones";
const FORGET_DAYS = 30;
/** Days of each zone take space; beyond these a chart is only slower. */
const MOST_ZONES = 8;

/** Notes that a workspace is looked at in a zone, so that its days are folded there too. */
export async function noteZone(ctx: Pick<Ctx, "workspaceId">, zone: string): Promise<void> {
  await pool().query(
    `WITH noted AS (
       INSERT INTO usage_zones AS z (workspace_id, zone) SELECT $1, $2
        WHERE (SELECT count(*) FROM usage_zones o WHERE o.workspace_id = $1 AND o.zone <> $2) < ${MOST_ZONES}
       ON CONFLICT (workspace_id, zone) DO UPDATE SET asked_at = now() WHERE z.asked_at < now() - interval '1 day'
       RETURNING z.folded_to)
     SELECT pg_notify('${ZONES_CHANNEL}', '') FROM noted WHERE folded_to IS NULL`,
    [ctx.workspaceId, zone],
  );
}

/** UTC and the zones of a workspace's people are folded always; one that was only picked, until nobody asks for it. */
export async function noteOwnZones(): Promise<void> {
  await pool().query(
    `INSERT INTO usage_zones (workspace_id, zone)
       SELECT w.id, 'UTC' FROM workspaces w
        UNION SELECT m.workspace_id, u.time_zone FROM members m JOIN users u ON u.id = m.user_id
     ON CONFLICT DO NOTHING`,
  );
  await pool().query(
    `WITH gone AS (
       DELETE FROM usage_zones z
        WHERE z.asked_at < now() - interval '${FORGET_DAYS} days' AND z.zone <> 'UTC' AND NOT EXISTS (
          SELECT FROM members m JOIN users u ON u.id = m.user_id
           WHERE m.workspace_id = z.workspace_id AND u.time_zone = z.zone)
       RETURNING z.workspace_id, z.zone)
     DELETE FROM usage_days d USING gone g WHERE d.workspace_id = g.workspace_id AND d.zone = g.zone`,
  );
}

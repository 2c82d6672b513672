import type { Ctx } from "@/lib/actor";
import { pool } from "@/lib/db";
import { sameZone } from "@/lib/usage/zone-days";

/** The worker listens here, so that the days of a zone just picked are folded at once. */
export const ZONES_CHANNEL = "tollgate_usage_zones";
const FORGET_DAYS = 30;
/** Days of each zone take space; beyond these a chart is only slower. */
const MOST_ZONES = 8;

/** Notes that a workspace is looked at in a zone, so that its days are folded there too. */
export async function noteZone(ctx: Pick<Ctx, "workspaceId">, name: string): Promise<void> {
  const zone = sameZone(name) ?? "UTC";
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
  const { rows } = await pool().query<{ zone: string }>("SELECT DISTINCT time_zone AS zone FROM users");
  const names = rows.map(({ zone }) => zone);
  const zones = names.map((zone) => sameZone(zone) ?? "UTC");
  await pool().query(
    `INSERT INTO usage_zones (workspace_id, zone)
       SELECT w.id, 'UTC' FROM workspaces w
        UNION ${OWN_ZONES}
     ON CONFLICT DO NOTHING`,
    [names, zones],
  );
  await pool().query(
    `WITH own AS (${OWN_ZONES}),
          gone AS (
            DELETE FROM usage_zones z
             WHERE z.asked_at < now() - interval '${FORGET_DAYS} days' AND z.zone <> 'UTC'
               AND (z.workspace_id, z.zone) NOT IN (SELECT * FROM own)
            RETURNING z.workspace_id, z.zone)
     DELETE FROM usage_days d USING gone g WHERE d.workspace_id = g.workspace_id AND d.zone = g.zone`,
    [names, zones],
  );
}

/** A row per workspace and zone of one of its people. `$1` the names that people chose, `$2` what each is called here. */
const OWN_ZONES = `
  SELECT m.workspace_id, n.zone FROM members m JOIN users u ON u.id = m.user_id
    JOIN unnest($1::text[], $2::text[]) AS n(name, zone) ON n.name = u.time_zone`;

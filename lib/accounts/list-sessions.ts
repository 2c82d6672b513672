import { deviceName } from "@/lib/accounts/device-name";
import type { Ctx, UserActor } from "@/lib/actor";
import { db } from "@/lib/db";

export interface SessionItem {
  id: string;
  browser: string | null;
  system: string | null;
  ip: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  current: boolean;
}

/** The person's live sessions, this one first, then by when they were last seen. At most 100. */
export async function listSessions(ctx: Ctx<UserActor>): Promise<SessionItem[]> {
  const { userId, sessionId } = ctx.actor;
  const rows = await db().$queryRaw<
    { id: string; ip: string | null; userAgent: string | null; createdAt: Date; lastSeenAt: Date }[]
  >`
    SELECT id, ip, user_agent AS "userAgent", created_at AS "createdAt", last_seen_at AS "lastSeenAt"
      FROM sessions
     WHERE user_id = ${userId} AND revoked_at IS NULL AND expires_at > now()
       AND last_seen_at > now() - interval '12 hours'
     ORDER BY id = ${sessionId} DESC, last_seen_at DESC
     LIMIT 100`;
  return rows.map(({ userAgent, ...row }) => ({
    ...row,
    ...deviceName(userAgent),
    current: row.id === sessionId,
  }));
}

import { db } from "@/lib/db";

/** A live session with its person and their personal workspace. */
export interface LiveSession {
  sessionId: string;
  userId: string;
  email: string;
  verified: boolean;
  operator: boolean;
  timeZone: string;
  workspaceId: string;
  workspaceName: string;
}

/**
 * The session if it is alive: not ended, its person not disabled, younger than 30 days (its own `expires_at`)
 * and seen within 12 hours. Last seen is written at most once a minute. The clock is the database's unless `at`
 * is given.
 */
export async function loadSession(sessionId: string, at?: Date): Promise<LiveSession | null> {
  const rows = await db().$queryRaw<(LiveSession & { stale: boolean })[]>`
    SELECT s.id AS "sessionId", u.id AS "userId", u.email, u.email_verified_at IS NOT NULL AS verified,
           u.is_operator AS operator, u.time_zone AS "timeZone", w.id AS "workspaceId", w.name AS "workspaceName",
           s.last_seen_at < clock.now - interval '1 minute' AS stale
      FROM (SELECT coalesce(${at ?? null}::timestamptz, now()) AS now) clock
      JOIN sessions s ON s.id = ${sessionId} AND s.revoked_at IS NULL AND s.expires_at > clock.now
                     AND s.last_seen_at > clock.now - interval '12 hours'
      JOIN users u ON u.id = s.user_id AND u.disabled_at IS NULL
      JOIN members m ON m.user_id = u.id
      JOIN workspaces w ON w.id = m.workspace_id
     ORDER BY m.created_at, w.id
     LIMIT 1`;
  const row = rows[0];
  if (!row) return null;
  const { stale, ...session } = row;
  if (stale) {
    await db().$executeRaw`
      UPDATE sessions SET last_seen_at = clock.now
        FROM (SELECT coalesce(${at ?? null}::timestamptz, now()) AS now) clock
       WHERE id = ${sessionId} AND last_seen_at < clock.now - interval '1 minute'`;
  }
  return session;
}

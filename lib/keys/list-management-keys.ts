import type { Ctx } from "@/lib/actor";
import { db } from "@/lib/db";
import { requireOwner } from "@/lib/keys/require-manager";

export interface ManagementKeyView {
  id: string;
  name: string;
  prefix: string;
  lastFour: string;
  status: "active" | "expired" | "revoked";
  ipRanges: string[];
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  createdAt: Date;
  revokedAt: Date | null;
}

/** How many revoked ones are still shown. */
const AT_MOST = 100;

/** The workspace's management keys, newest first, those in use before the revoked. Never a digest. */
export async function listManagementKeys(ctx: Ctx): Promise<ManagementKeyView[]> {
  requireOwner(ctx);
  return db().$queryRaw<ManagementKeyView[]>`
    SELECT k.id, k.name, s.prefix, s.last_four AS "lastFour", k.ip_ranges AS "ipRanges",
           CASE WHEN k.revoked_at IS NOT NULL THEN 'revoked' WHEN k.expires_at <= now() THEN 'expired' ELSE 'active' END
             AS status,
           k.expires_at AS "expiresAt", k.last_used_at AS "lastUsedAt", k.created_at AS "createdAt",
           k.revoked_at AS "revokedAt"
      FROM keys k JOIN key_secrets s ON s.key_id = k.id
     WHERE k.workspace_id = ${ctx.workspaceId} AND k.kind = 'management'
     ORDER BY k.revoked_at IS NOT NULL, k.created_at DESC, k.id LIMIT ${AT_MOST}`;
}

import type { Ctx } from "@/lib/actor";
import { db, type Tx } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { FROM_SQL, ROW_SQL } from "@/lib/keys/key-query";
import { type KeyRow, loadViews } from "@/lib/keys/load-views";
import { requireKeyId } from "@/lib/keys/lock-key";
import { requirePerson } from "@/lib/keys/require-manager";
import type { KeyView, SecretView } from "@/lib/keys/types";

/** One key with every secret it ever had, newest first. Throws not_found, also for another workspace's key. */
export async function getKey(
  ctx: Ctx,
  input: { keyId: string; timeZone?: string },
  within?: Tx,
): Promise<KeyView & { history: SecretView[] }> {
  requirePerson(ctx);
  requireKeyId(input.keyId);
  const tx = within ?? db();
  const rows = await tx.$queryRaw<KeyRow[]>`
    SELECT ${ROW_SQL} FROM ${FROM_SQL} WHERE k.id = ${input.keyId} AND k.workspace_id = ${ctx.workspaceId}
       AND k.kind = 'inference' AND NOT k.hidden`;
  const [view] = await loadViews(tx, ctx.workspaceId, rows, input.timeZone ?? "UTC");
  if (!view) throw notFound("key");
  const history = await tx.$queryRaw<SecretView[]>`
    SELECT id, prefix, last_four AS "lastFour", created_at AS "createdAt", ends_at AS "endsAt",
           coalesce(ends_at > now(), true) AS living
      FROM key_secrets WHERE key_id = ${view.id}
     ORDER BY created_at DESC, ends_at DESC NULLS FIRST, id LIMIT 200`;
  return { ...view, history };
}

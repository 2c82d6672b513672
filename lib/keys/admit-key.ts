import type { Ctx } from "@/lib/actor";
import type { Tx } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import { databaseTime } from "@/lib/keys/lock-key";
import type { KeyKind } from "@/lib/keys/token";

/**
 * Whether the workspace may have one more key of a kind, counting those that are not revoked; answers the
 * database's clock. Whoever makes one in the same workspace waits here until this transaction ends, so that the
 * count holds. Throws conflict with the message `refusal`.
 */
export async function admitKey(
  tx: Tx,
  ctx: Ctx,
  limit: { kind: KeyKind; max: number; refusal: string },
): Promise<Date> {
  const { kind, max, refusal } = limit;
  const locked = await tx.$executeRaw`
    SELECT 1 FROM workspaces WHERE id = ${ctx.workspaceId} FOR NO KEY UPDATE`;
  if (locked !== 1) throw notFound("workspace");
  const living = await tx.key.count({
    where: { workspaceId: ctx.workspaceId, kind, hidden: false, revokedAt: null },
  });
  if (living >= max) throw new AppError("conflict", refusal, { values: { max } });
  return databaseTime(tx);
}

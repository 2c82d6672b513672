import type { Ctx } from "@/lib/actor";
import type { Tx } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { Key, KeyKind } from "@/prisma/generated/client";

const KEY_ID = /^key_[0-9A-Za-z]{22}$/;

/** Throws not_found for anything that cannot be the id of a key, before it reaches the database. */
export function requireKeyId(id: string): void {
  if (!KEY_ID.test(id)) throw notFound("key");
}

/**
 * Locks a key of the caller's workspace until the transaction ends, and reads it and the database's clock after
 * the lock was won, so that whoever waited sees what was done meanwhile. `at` is later than the key's last change,
 * so that no two states share an `updatedAt`. Throws not_found, also for another workspace's key and another kind's.
 */
export async function lockKey(
  tx: Tx,
  ctx: Ctx,
  id: string,
  kind: KeyKind = "inference",
): Promise<{ key: Key; at: Date }> {
  requireKeyId(id);
  await tx.$executeRaw`
    SELECT 1 FROM keys WHERE id = ${id} AND workspace_id = ${ctx.workspaceId} FOR NO KEY UPDATE`;
  const key = await tx.key.findFirst({ where: { id, workspaceId: ctx.workspaceId, kind, hidden: false } });
  if (!key) throw notFound("key");
  const now = await databaseTime(tx);
  return { key, at: now > key.updatedAt ? now : new Date(key.updatedAt.getTime() + 1) };
}

/** The database's clock now, to the millisecond: not when the transaction began. */
export async function databaseTime(tx: Tx): Promise<Date> {
  const rows = await tx.$queryRaw<{ at: Date }[]>`SELECT date_trunc('milliseconds', clock_timestamp()) AS at`;
  const at = rows[0]?.at;
  if (!at) throw new Error("the database gave no time");
  return at;
}

/** Tells every gateway to forget what it knows of a key; delivered when the transaction commits. */
export async function announceKey(tx: Tx, id: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify('tollgate_keys', ${id})`;
}

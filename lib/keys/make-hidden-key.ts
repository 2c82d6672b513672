import type { Ctx, UserActor } from "@/lib/actor";
import { admitAttempt, type Pace } from "@/lib/auth/admit-attempt";
import { tooMany } from "@/lib/auth/too-many";
import { db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { freshSecret } from "@/lib/keys/insert-secret";
import { databaseTime } from "@/lib/keys/lock-key";
import { requireManager } from "@/lib/keys/require-manager";

const LIFE_MS = 15 * 60_000;
/** As many tabs as anyone opens, and no more calls at once than a person can read. */
const PACE: Pace = { free: 60, firstSeconds: 60, longestSeconds: 60, windowSeconds: 3_600 };
const MAX_PARALLEL = 4;

/**
 * A secret for one tab of the Playground: it works for 15 minutes or until its browser session ends, and belongs to
 * the workspace's hidden key, which no list shows and no other verb touches. Throws not_verified, not_signed_in when
 * the session has ended meanwhile, and too_many above 60 an hour.
 */
export async function makeHiddenKey(ctx: Ctx<UserActor>): Promise<{ secret: string; endsAt: Date }> {
  requireManager(ctx);
  const { userId, sessionId } = ctx.actor;
  const wait = await admitAttempt(`playground:user:${userId}`, PACE);
  if (wait > 0) throw tooMany(wait);
  return db().$transaction(async (tx) => {
    const alive = await tx.$executeRaw`
      SELECT 1 FROM sessions WHERE id = ${sessionId} AND user_id = ${userId} AND revoked_at IS NULL FOR SHARE`;
    if (alive !== 1) throw new AppError("not_signed_in", "sessionEnded");
    await tx.$executeRaw`SELECT 1 FROM workspaces WHERE id = ${ctx.workspaceId} FOR NO KEY UPDATE`;
    const at = await databaseTime(tx);
    const keyId = await findOrMake(tx, ctx, at);
    const { secret, row } = freshSecret({ id: keyId, kind: "inference" }, at);
    const endsAt = new Date(at.getTime() + LIFE_MS);
    await tx.keySecret.create({ data: { ...row, endsAt, sessionId } });
    await tx.$executeRaw`
      DELETE FROM key_secrets WHERE key_id = ${keyId} AND ends_at < now() - interval '1 day'`;
    return { secret, endsAt };
  });
}

async function findOrMake(tx: Tx, ctx: Ctx<UserActor>, at: Date): Promise<string> {
  const { workspaceId } = ctx;
  const known = await tx.key.findFirst({
    where: { workspaceId, hidden: true, revokedAt: null },
    select: { id: true },
  });
  if (known) return known.id;
  const id = newId("key");
  await tx.key.create({
    data: {
      id,
      workspaceId,
      name: "Playground",
      hidden: true,
      maxParallel: MAX_PARALLEL,
      createdById: ctx.actor.userId,
      createdAt: at,
      updatedAt: at,
    },
  });
  await tx.keyMeter.create({ data: { keyId: id } });
  return id;
}

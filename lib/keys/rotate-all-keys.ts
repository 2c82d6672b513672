import type { Ctx } from "@/lib/actor";
import { writeAudits } from "@/lib/audit/write-audits";
import { db, type Tx } from "@/lib/db";
import { type FreshSecret, freshSecret } from "@/lib/keys/insert-secret";
import { databaseTime } from "@/lib/keys/lock-key";
import { endsAfterRotation } from "@/lib/keys/overlap";
import { requireManager, requireOwner } from "@/lib/keys/require-manager";
import { type RotatedKey, Rotation, type RotationInput } from "@/lib/keys/rotate-key";
import type { Key, KeySecret } from "@/prisma/generated/client";

/** Ten thousand keys take a few seconds. */
const TIMEOUT_MS = 60_000;

/**
 * For an incident: a new secret for every key of the workspace that is neither revoked nor expired, paused ones
 * too, in one transaction: all of them or none. The new secrets are seen this once, in the order of creation.
 * A management key may not do this. Throws ZodError, not_verified and forbidden.
 */
export async function rotateAllKeys(ctx: Ctx, input: RotationInput): Promise<RotatedKey[]> {
  requireOwner(ctx);
  requireManager(ctx);
  const { overlapSeconds, leaked } = Rotation.parse(input);
  return db().$transaction(
    async (tx) => {
      const keys = await lockAll(tx, ctx.workspaceId);
      if (keys.length === 0) return [];
      const at = await databaseTime(tx);
      const ids = keys.map(({ id }) => id);
      const secrets = await tx.keySecret.findMany({
        where: { keyId: { in: ids }, OR: [{ endsAt: null }, { endsAt: { gt: at } }] },
      });
      const byKey = groupByKey(secrets);
      const rotated = keys.map((key) => {
        const ends = endsAfterRotation(byKey.get(key.id) ?? [], at, overlapSeconds);
        return { key, ends, ...freshSecret(key, at) };
      });

      const ends = rotated.flatMap((one) => one.ends);
      await tx.$executeRaw`
        UPDATE key_secrets s SET ends_at = e.ends_at
          FROM unnest(${ends.map(({ id }) => id)}::text[],
                      ${ends.map(({ endsAt }) => endsAt.toISOString())}::timestamptz[]) AS e(id, ends_at)
         WHERE s.id = e.id`;
      await insertSecrets(
        tx,
        rotated.map(({ row }) => row),
      );
      await tx.$executeRaw`
        UPDATE keys SET updated_at = greatest(${at}, updated_at + interval '1 millisecond') WHERE id = ANY(${ids})`;
      await writeAudits(
        tx,
        ctx,
        rotated.map(({ key, row, ends: ended }) => ({
          action: "key.rotate",
          target: key.id,
          before: { secrets: (byKey.get(key.id) ?? []).map(({ id, lastFour }) => ({ id, lastFour })) },
          after: {
            secret: { id: row.id, lastFour: row.lastFour },
            overlapSeconds,
            oldEndsAt: latest(ended),
            all: true,
            ...(leaked ? { leaked } : {}),
          },
        })),
      );
      await tx.$executeRaw`SELECT pg_notify('tollgate_keys', id) FROM unnest(${ids}::text[]) AS id`;
      return rotated.map(({ key, secret, row, ends: ended }) => ({
        key: { id: key.id, name: key.name, prefix: row.prefix, lastFour: row.lastFour },
        secret,
        oldEndsAt: latest(ended),
      }));
    },
    { timeout: TIMEOUT_MS },
  );
}

/** In the order of their ids, so that two of these never wait for each other in a circle. */
async function lockAll(tx: Tx, workspaceId: string): Promise<Key[]> {
  await tx.$executeRaw`
    SELECT 1 FROM keys WHERE workspace_id = ${workspaceId} AND kind = 'inference' AND NOT hidden AND revoked_at IS NULL
     ORDER BY id FOR NO KEY UPDATE`;
  return tx.key.findMany({
    where: {
      workspaceId,
      kind: "inference",
      hidden: false,
      revokedAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: await databaseTime(tx) } }],
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}

/** In one statement of arrays: ten thousand rows as single values are more than a statement may have. */
async function insertSecrets(tx: Tx, rows: readonly FreshSecret["row"][]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  await tx.$executeRaw`
    INSERT INTO key_secrets (id, key_id, digest, pepper_version, prefix, last_four, created_at)
      SELECT u.id, u.key_id, decode(u.digest, 'hex'), ${first.pepperVersion}::int, ${first.prefix}, u.last_four,
             ${first.createdAt}
        FROM unnest(${rows.map(({ id }) => id)}::text[], ${rows.map(({ keyId }) => keyId)}::text[],
                    ${rows.map(({ digest }) => Buffer.from(digest).toString("hex"))}::text[],
                    ${rows.map(({ lastFour }) => lastFour)}::text[]) AS u(id, key_id, digest, last_four)`;
}

function groupByKey(secrets: readonly KeySecret[]): Map<string, KeySecret[]> {
  const groups = new Map<string, KeySecret[]>();
  for (const secret of secrets) {
    const group = groups.get(secret.keyId);
    if (group) group.push(secret);
    else groups.set(secret.keyId, [secret]);
  }
  return groups;
}

function latest(ends: readonly { endsAt: Date }[]): Date | null {
  return ends.reduce<Date | null>((last, { endsAt }) => (last && last > endsAt ? last : endsAt), null);
}

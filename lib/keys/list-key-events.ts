import type { Ctx } from "@/lib/actor";
import { db } from "@/lib/db";
import { requirePerson } from "@/lib/keys/require-manager";
import { requireOwnKey } from "@/lib/keys/require-own-key";

/** One line of a key's history: who did what, when. */
export interface KeyEvent {
  id: string;
  action: string;
  /** A person's address, or `cli`, `system:...`. */
  actor: string;
  before: unknown;
  after: unknown;
  at: Date;
}

const AT_MOST = 100;

/** The last hundred changes to a key of the caller's workspace, newest first. Throws not_found. */
export async function listKeyEvents(ctx: Ctx, input: { keyId: string }): Promise<KeyEvent[]> {
  requirePerson(ctx);
  await requireOwnKey(ctx, input.keyId);
  const rows = await db().auditRow.findMany({
    where: { target: input.keyId, workspaceId: ctx.workspaceId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: AT_MOST,
  });
  const userIds = rows.flatMap(({ actor }) => (actor.startsWith("user:") ? [actor.slice(5)] : []));
  const people = await db().user.findMany({
    where: { id: { in: [...new Set(userIds)] } },
    select: { id: true, email: true },
  });
  return rows.map((row) => ({
    id: row.id.toString(),
    action: row.action,
    actor: people.find(({ id }) => row.actor === `user:${id}`)?.email ?? row.actor,
    before: row.before,
    after: row.after,
    at: row.createdAt,
  }));
}

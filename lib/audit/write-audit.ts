import { actorName, type Ctx } from "@/lib/actor";
import type { Tx } from "@/lib/db";

/** What happened, for example `{ action: "key.revoke", target: "key_..." }`. */
export interface AuditEntry {
  action: string;
  target: string;
  /** The state before and after, as far as it matters. Never a password, a key or another secret. */
  before?: Record<string, unknown> | undefined;
  after?: Record<string, unknown> | undefined;
}

/** Writes who did what to what, in the transaction of the change itself. Rows can never be changed or removed. */
export async function writeAudit(tx: Tx, ctx: Ctx, entry: AuditEntry): Promise<void> {
  await tx.auditRow.create({ data: auditRow(ctx, entry) });
}

/** An entry as its row. */
export function auditRow(ctx: Ctx, entry: AuditEntry) {
  return {
    workspaceId: ctx.workspaceId || null,
    actor: actorName(ctx.actor),
    action: entry.action,
    target: entry.target,
    ...(entry.before ? { before: plain(entry.before) } : {}),
    ...(entry.after ? { after: plain(entry.after) } : {}),
    ip: ctx.ip ?? null,
    requestId: ctx.requestId,
  };
}

/** As JSON: amounts become decimal text, because a JSON number cannot hold them. */
function plain(value: Record<string, unknown>) {
  return JSON.parse(
    JSON.stringify(value, (_name, item) => (typeof item === "bigint" ? item.toString() : item)),
  );
}

import type { Ctx } from "@/lib/actor";
import { type AuditEntry, auditRow } from "@/lib/audit/write-audit";
import type { Tx } from "@/lib/db";

/** Many entries of one change, in one statement however many. See writeAudit. */
export async function writeAudits(tx: Tx, ctx: Ctx, entries: readonly AuditEntry[]): Promise<void> {
  const rows = entries.map((entry) => auditRow(ctx, entry));
  const [first] = rows;
  if (!first) return;
  const { workspaceId, actor, ip, requestId } = first;
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  await tx.$executeRaw`
    INSERT INTO audit_rows (workspace_id, actor, action, target, before, after, ip, request_id)
      SELECT ${workspaceId}, ${actor}, u.action, u.target, u.before::jsonb, u.after::jsonb, ${ip}, ${requestId}
        FROM unnest(${rows.map(({ action }) => action)}::text[], ${rows.map(({ target }) => target)}::text[],
                    ${rows.map(({ before }) => json(before))}::text[],
                    ${rows.map(({ after }) => json(after))}::text[]) WITH ORDINALITY AS u(action, target, before, after, at)
       ORDER BY u.at`;
}

import type { Ctx } from "@/lib/actor";
import { type AuditEntry, auditRow } from "@/lib/audit/write-audit";
import type { Tx } from "@/lib/db";

/** Many entries of one change, in one statement. See writeAudit. */
export async function writeAudits(tx: Tx, ctx: Ctx, entries: readonly AuditEntry[]): Promise<void> {
  await tx.auditRow.createMany({ data: entries.map((entry) => auditRow(ctx, entry)) });
}

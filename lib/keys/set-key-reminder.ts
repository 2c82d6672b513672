import { z } from "zod";
import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { requireOwner } from "@/lib/keys/require-manager";

/** Days after which the owners are reminded to rotate a secret; 0: never. */
export const KeyReminder = z.object({ days: z.number().int().min(0).max(3_650) });

/** Sets it for the workspace. A secret that was told of already is not told of again. Throws ZodError and forbidden. */
export async function setKeyReminder(
  ctx: Ctx,
  input: z.input<typeof KeyReminder>,
): Promise<{ days: number }> {
  requireOwner(ctx);
  const { days } = KeyReminder.parse(input);
  return db().$transaction(async (tx) => {
    await tx.$executeRaw`SELECT 1 FROM workspaces WHERE id = ${ctx.workspaceId} FOR NO KEY UPDATE`;
    const workspace = await tx.workspace.findUnique({ where: { id: ctx.workspaceId } });
    if (!workspace) throw notFound("workspace");
    if (workspace.keyReminderDays === days) return { days };
    await tx.workspace.update({ where: { id: workspace.id }, data: { keyReminderDays: days } });
    await writeAudit(tx, ctx, {
      action: "workspace.key_reminder",
      target: workspace.id,
      before: { days: workspace.keyReminderDays },
      after: { days },
    });
    return { days };
  });
}

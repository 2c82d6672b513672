import type { Ctx } from "@/lib/actor";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { requirePerson } from "@/lib/keys/require-manager";

/** After how many days the workspace counts a secret as old; 0: never. Throws not_found for a workspace that is gone. */
export async function getKeyReminder(ctx: Ctx): Promise<{ days: number }> {
  requirePerson(ctx);
  const workspace = await db().workspace.findUnique({
    where: { id: ctx.workspaceId },
    select: { keyReminderDays: true },
  });
  if (!workspace) throw notFound("workspace");
  return { days: workspace.keyReminderDays };
}

import { z } from "zod";
import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { db } from "@/lib/db";

/** For how many days prompts and answers may be kept. */
export const PROMPT_RETENTION_DAYS = [1, 7, 30, 90] as const;

export const SetPromptsSchema = z.object({
  /** `off`, or a number of days. */
  retention: z.enum(["off", "1", "7", "30", "90"]),
});

/**
 * Has the prompts of a workspace kept for some days, or no longer. What is kept already goes when the new time is
 * over; turning it off leaves it to `deletePrompts`. Gateways follow within five seconds.
 */
export async function setPromptRetention(
  ctx: Ctx,
  input: z.output<typeof SetPromptsSchema>,
): Promise<{ retentionDays: number | null }> {
  const { workspaceId } = ctx;
  const retentionDays = input.retention === "off" ? null : Number(input.retention);
  await db().$transaction(async (tx) => {
    const before = await tx.promptSetting.findUnique({ where: { workspaceId } });
    if ((before?.retentionDays ?? null) === retentionDays) return;
    if (retentionDays === null) {
      await tx.promptSetting.delete({ where: { workspaceId } });
    } else {
      await tx.promptSetting.upsert({
        where: { workspaceId },
        create: { workspaceId, retentionDays },
        update: { retentionDays },
      });
      await tx.$executeRaw`
        UPDATE prompt_logs SET expires_at = created_at + ${retentionDays} * interval '1 day'
         WHERE workspace_id = ${workspaceId} AND expires_at > created_at + ${retentionDays} * interval '1 day'`;
    }
    await writeAudit(tx, ctx, {
      action: "workspace.set_prompt_retention",
      target: workspaceId,
      before: { retentionDays: before?.retentionDays ?? null },
      after: { retentionDays },
    });
  });
  return { retentionDays };
}

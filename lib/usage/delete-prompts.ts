import { z } from "zod";
import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { db } from "@/lib/db";

export const DeletePromptsSchema = z.object({
  /** One call's; all of the workspace's when it is left out. */
  requestId: z.string().max(200).optional(),
});

/** Deletes what was said in one call, or in all calls of the workspace, at once and for good. */
export async function deletePrompts(
  ctx: Ctx,
  { requestId }: z.output<typeof DeletePromptsSchema>,
): Promise<{ deleted: number }> {
  const { workspaceId } = ctx;
  return db().$transaction(async (tx) => {
    const { count } = await tx.promptLog.deleteMany({
      where: { workspaceId, ...(requestId === undefined ? {} : { requestId }) },
    });
    if (count > 0) {
      await writeAudit(tx, ctx, {
        action: "workspace.delete_prompts",
        target: requestId ?? workspaceId,
        after: { deleted: count },
      });
    }
    return { deleted: count };
  });
}

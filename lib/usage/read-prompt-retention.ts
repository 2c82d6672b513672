import type { Ctx } from "@/lib/actor";
import { db } from "@/lib/db";

/** For how many days a workspace has its prompts kept; null, the default: not at all. */
export async function readPromptRetention(ctx: Pick<Ctx, "workspaceId">): Promise<number | null> {
  const row = await db().promptSetting.findUnique({ where: { workspaceId: ctx.workspaceId } });
  return row?.retentionDays ?? null;
}

import type { Ctx } from "@/lib/actor";
import { db } from "@/lib/db";

/** How many calls of the workspace have their prompts kept. */
export function countPrompts(ctx: Pick<Ctx, "workspaceId">): Promise<number> {
  return db().promptLog.count({ where: { workspaceId: ctx.workspaceId, expiresAt: { gt: new Date() } } });
}

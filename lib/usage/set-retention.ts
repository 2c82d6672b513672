import { z } from "zod";
import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { RETENTION_SETTING, RetentionSchema, readRetentionMonths } from "@/lib/usage/retention";

export const SetRetentionSchema = z.object({ months: RetentionSchema });

/**
 * How many whole months of single calls are kept; null keeps all. The worker drops older months within six hours;
 * their sums stay. For operators and the command line; throws `forbidden` for anyone else.
 */
export async function setRetention(
  ctx: Ctx,
  { months }: z.output<typeof SetRetentionSchema>,
): Promise<{ months: number | null }> {
  const allowed = ctx.actor.kind === "cli" || (ctx.actor.kind === "user" && ctx.actor.operator);
  if (!allowed) throw new AppError("forbidden", "forbidden");
  const before = await readRetentionMonths();
  await db().$transaction(async (tx) => {
    // JSON's null: a row that says "all", unlike no row, which means the default.
    const value = { months };
    await tx.setting.upsert({
      where: { name: RETENTION_SETTING },
      create: { name: RETENTION_SETTING, value },
      update: { value },
    });
    await writeAudit(tx, ctx, {
      action: "operator.set_usage_retention",
      target: RETENTION_SETTING,
      before: { months: before },
      after: { months },
    });
  });
  return { months };
}

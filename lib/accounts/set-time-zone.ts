import { z } from "zod";
import { TimeZoneSchema } from "@/lib/accounts/time-zone";
import type { Ctx, UserActor } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { db } from "@/lib/db";

export const SetTimeZoneSchema = z.object({ timeZone: TimeZoneSchema });

/** The zone in which a person reads times and days. Limits and invoices stay on UTC. */
export async function setTimeZone(
  ctx: Ctx<UserActor>,
  input: z.output<typeof SetTimeZoneSchema>,
): Promise<{ timeZone: string }> {
  const { userId: id } = ctx.actor;
  const { timeZone } = input;
  await db().$transaction(async (tx) => {
    const { timeZone: before } = await tx.user.findUniqueOrThrow({
      where: { id },
      select: { timeZone: true },
    });
    if (before === timeZone) return;
    await tx.user.update({ where: { id }, data: { timeZone } });
    await writeAudit(tx, ctx, {
      action: "user.set_time_zone",
      target: id,
      before: { timeZone: before },
      after: { timeZone },
    });
  });
  return { timeZone };
}

import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { requireOperator } from "@/lib/catalog/require-operator";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";

/** Ends a code; what it gave stays. Repeating changes nothing. Throws forbidden, not_found. */
export async function withdrawCode(ctx: Ctx, input: { id: string }): Promise<void> {
  requireOperator(ctx);
  await db().$transaction(async (tx) => {
    const { count } = await tx.promoCode.updateMany({
      where: { id: input.id, withdrawnAt: null },
      data: { withdrawnAt: new Date() },
    });
    if (count > 0) await writeAudit(tx, ctx, { action: "code.withdraw", target: input.id });
    else if (!(await tx.promoCode.findUnique({ where: { id: input.id } }))) throw notFound("code");
  });
}

import type { z } from "zod";
import { actorName, type Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { NewCode } from "@/lib/billing/codes/code-input";
import { requireOperator } from "@/lib/catalog/require-operator";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { newId, randomBase62 } from "@/lib/ids";

const MADE_LENGTH = 16;

/**
 * Makes a code that adds promotional credit: for many workspaces once each, or with `maxUses: 1` a gift. Throws
 * forbidden, ZodError by field, invalid_input for an end in the past, conflict when the code is taken.
 */
export async function createCode(
  ctx: Ctx,
  input: z.input<typeof NewCode>,
): Promise<{ id: string; code: string }> {
  requireOperator(ctx);
  const { code: wanted, amountUsd, ...terms } = NewCode.parse(input);
  if (terms.endsAt && terms.endsAt.getTime() <= Date.now()) {
    throw new AppError("invalid_input", "inThePast", { field: "endsAt" });
  }
  const code =
    wanted ??
    randomBase62(4 * MADE_LENGTH)
      .replace(/[^A-Z0-9]|[01IO]/g, "")
      .slice(0, MADE_LENGTH);
  const id = newId("code");
  return db().$transaction(async (tx) => {
    const { count } = await tx.promoCode.createMany({
      data: [{ id, code, amountNano: amountUsd, createdBy: actorName(ctx.actor), ...terms }],
      skipDuplicates: true,
    });
    if (count === 0) throw new AppError("conflict", "codeTaken", { field: "code" });
    await writeAudit(tx, ctx, {
      action: "code.create",
      target: id,
      after: { amountNano: amountUsd, ...terms },
    });
    return { id, code };
  });
}

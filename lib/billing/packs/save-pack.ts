import type { z } from "zod";
import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { SavePack } from "@/lib/billing/packs/pack-input";
import { requireOperator } from "@/lib/catalog/require-operator";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Pack } from "@/prisma/generated/client";

/**
 * Adds a pack or changes one. What was ordered before keeps its terms. A changed price or name loses its price at
 * Stripe until the packs are synced; meanwhile the price goes along with each order. Throws forbidden, ZodError by
 * field, invalid_input for a pack without credit.
 */
export async function savePack(ctx: Ctx, input: z.input<typeof SavePack>): Promise<Pack> {
  requireOperator(ctx);
  const { id, price, creditUsd, bonusUsd, ...rest } = SavePack.parse(input);
  if (creditUsd <= 0n) throw new AppError("invalid_input", "amountInvalid", { field: "creditUsd" });
  const terms = { ...rest, priceMinor: price, creditNano: creditUsd, bonusNano: bonusUsd };
  return db().$transaction(async (tx) => {
    await tx.$executeRaw`SELECT 1 FROM packs WHERE id = ${id} FOR UPDATE`;
    const before = await tx.pack.findUnique({ where: { id } });
    const samePrice =
      before?.priceMinor === price && before.currency === terms.currency && before.name === terms.name;
    const stripePriceId = samePrice ? (before?.stripePriceId ?? null) : null;
    const pack = await tx.pack.upsert({
      where: { id },
      update: { ...terms, stripePriceId },
      create: { id, ...terms },
    });
    await writeAudit(tx, ctx, {
      action: before ? "pack.update" : "pack.create",
      target: id,
      ...(before ? { before: shown(before) } : {}),
      after: shown(pack),
    });
    return pack;
  });
}

function shown({ name, currency, priceMinor, creditNano, bonusNano, active, sort }: Pack) {
  return { name, currency, priceMinor, creditNano, bonusNano, active, sort };
}

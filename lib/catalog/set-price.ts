import { z } from "zod";
import { actorName, type Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { announceCatalog } from "@/lib/catalog/announce-catalog";
import { PriceList } from "@/lib/catalog/model-input";
import { priceColumns } from "@/lib/catalog/price-columns";
import { requireOperator } from "@/lib/catalog/require-operator";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";

const Input = PriceList.extend({
  id: z.string().trim().min(1).max(200),
  /** From when; now by default, never in the past. */
  validFrom: z.date().nullish(),
});

/**
 * Gives a model a new version of its prices, whole: what is not given falls back as for a new model. Calls that run
 * keep the version of their reserve. Throws ZodError by field, forbidden, not_found, invalid_input for an alias (which
 * costs what its models cost) or a time that has passed.
 */
export async function setPrice(ctx: Ctx, input: z.input<typeof Input>): Promise<{ version: number }> {
  requireOperator(ctx);
  const { id, validFrom, ...list } = Input.parse(input);
  if (validFrom && validFrom.getTime() < Date.now() - 1_000)
    throw new AppError("invalid_input", "inThePast", { field: "validFrom" });
  return db().$transaction(async (tx) => {
    // Versions of one model are numbered one at a time.
    const [model] = await tx.$queryRaw<{ alias: boolean }[]>`
      SELECT alias FROM models WHERE id = ${id} FOR UPDATE`;
    if (!model) throw new AppError("not_found", "unknownModel", { field: "id", values: { model: id } });
    if (model.alias) throw new AppError("invalid_input", "aliasHasNoPrice", { field: "id" });
    const last = await tx.price.findFirst({ where: { modelId: id }, orderBy: { version: "desc" } });
    const version = (last?.version ?? 0) + 1;
    const columns = priceColumns(list);
    await tx.price.create({
      data: {
        id: newId("pri"),
        modelId: id,
        version,
        ...(validFrom ? { validFrom } : {}),
        ...columns,
        createdBy: actorName(ctx.actor),
      },
    });
    await writeAudit(tx, ctx, { action: "price.set", target: id, after: { version, validFrom, ...columns } });
    await announceCatalog(tx);
    return { version };
  });
}

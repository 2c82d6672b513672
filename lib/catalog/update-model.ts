import type { z } from "zod";
import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { announceCatalog } from "@/lib/catalog/announce-catalog";
import { ModelChange } from "@/lib/catalog/model-input";
import { requireOperator } from "@/lib/catalog/require-operator";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";

/**
 * Changes what a model is said to be able to do, its name, bounds or strategy, or takes it out of the lists and back;
 * calls that run end as they would. Of an alias only its name, description and whether it is offered can be changed
 * here; the rest follows from its models. Throws ZodError or invalid_input by field, forbidden, not_found.
 */
export async function updateModel(ctx: Ctx, input: z.input<typeof ModelChange>): Promise<void> {
  requireOperator(ctx);
  const { id, ...given } = ModelChange.parse(input);
  const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  await db().$transaction(async (tx) => {
    const row = await tx.model.findUnique({ where: { id } });
    if (!row) throw new AppError("not_found", "unknownModel", { field: "id", values: { model: id } });
    const fields = Object.keys(changes);
    const foreign = fields.find(
      (field) => !["displayName", "description", "enabled", "sort"].includes(field),
    );
    if (row.alias && foreign !== undefined)
      throw new AppError("invalid_input", "aliasFollows", { field: foreign });
    const context = given.contextTokens ?? row.contextTokens;
    const most = given.maxOutputTokens ?? row.maxOutputTokens;
    if (most > context)
      throw new AppError("invalid_input", "outputBeyondContext", { field: "maxOutputTokens" });
    await tx.model.update({ where: { id }, data: changes });
    const before = Object.fromEntries(fields.map((field) => [field, row[field as keyof typeof row]]));
    await writeAudit(tx, ctx, { action: "model.change", target: id, before, after: changes });
    await announceCatalog(tx);
  });
}

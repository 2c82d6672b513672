import { z } from "zod";
import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { announceCatalog } from "@/lib/catalog/announce-catalog";
import { Price } from "@/lib/catalog/model-input";
import { requireOperator } from "@/lib/catalog/require-operator";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";

/** What is not given stays as it is. */
const Input = z.object({
  id: z.string().min(1).max(100),
  priority: z.number().int().min(0).max(1_000).optional(),
  weight: z.number().int().min(0).max(1_000_000).optional(),
  inputCostUsdPerMillion: Price.optional(),
  outputCostUsdPerMillion: Price.optional(),
  enabled: z.boolean().optional(),
});

/**
 * Changes where a route stands among a model's, what it costs us, or whether it is used; calls that run on it end as
 * they would. Throws ZodError by field, forbidden, not_found.
 */
export async function updateRoute(ctx: Ctx, input: z.input<typeof Input>): Promise<{ modelId: string }> {
  requireOperator(ctx);
  const { id, inputCostUsdPerMillion, outputCostUsdPerMillion, ...rest } = Input.parse(input);
  const given = { ...rest, inputCostPico: inputCostUsdPerMillion, outputCostPico: outputCostUsdPerMillion };
  const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return db().$transaction(async (tx) => {
    const row = await tx.route.findUnique({ where: { id } });
    if (!row) throw notFound("route");
    await tx.route.update({ where: { id }, data: changes });
    const before = Object.fromEntries(
      Object.keys(changes).map((field) => [field, row[field as keyof typeof row]]),
    );
    await writeAudit(tx, ctx, { action: "route.change", target: id, before, after: changes });
    await announceCatalog(tx);
    return { modelId: row.modelId };
  });
}

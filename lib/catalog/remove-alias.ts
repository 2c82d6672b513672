import { z } from "zod";
import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { announceCatalog } from "@/lib/catalog/announce-catalog";
import { requireOperator } from "@/lib/catalog/require-operator";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";

const Input = z.object({ id: z.string().min(1).max(200) });

/** Removes an alias; its models stay. Throws ZodError, forbidden, not_found. */
export async function removeAlias(ctx: Ctx, input: z.input<typeof Input>): Promise<void> {
  requireOperator(ctx);
  const { id } = Input.parse(input);
  await db().$transaction(async (tx) => {
    const alias = await tx.model.findFirst({
      where: { id, alias: true },
      select: { strategy: true, targets: { orderBy: { position: "asc" }, select: { modelId: true } } },
    });
    if (!alias) throw notFound("alias");
    await tx.model.delete({ where: { id } });
    const before = { strategy: alias.strategy, models: alias.targets.map(({ modelId }) => modelId) };
    await writeAudit(tx, ctx, { action: "alias.remove", target: id, before });
    await announceCatalog(tx);
  });
}

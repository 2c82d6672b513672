import { z } from "zod";
import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { announceCatalog } from "@/lib/catalog/announce-catalog";
import { requireOperator } from "@/lib/catalog/require-operator";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";

const Input = z.object({ id: z.string().min(1).max(100) });

/** Removes a route; calls that run on it end as they would. Throws ZodError, forbidden, not_found. */
export async function removeRoute(ctx: Ctx, input: z.input<typeof Input>): Promise<{ modelId: string }> {
  requireOperator(ctx);
  const { id } = Input.parse(input);
  return db().$transaction(async (tx) => {
    const route = await tx.route.findUnique({ where: { id } });
    if (!route) throw notFound("route");
    await tx.route.delete({ where: { id } });
    const { modelId, connectionId, upstreamId, priority, weight } = route;
    const before = { modelId, connectionId, upstreamId, priority, weight };
    await writeAudit(tx, ctx, { action: "route.remove", target: id, before });
    await announceCatalog(tx);
    return { modelId };
  });
}

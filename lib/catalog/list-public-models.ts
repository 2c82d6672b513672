import type { ModelFacts } from "@/lib/catalog/types";
import { db } from "@/lib/db";

/** A model as anyone may see it; prices in pico-USD per token, as they are now. */
export interface PublicModel extends ModelFacts {
  inputPico: bigint;
  cachedInputPico: bigint;
  outputPico: bigint;
}

/** Every model that can be called: enabled, priced, with an enabled route. In the operator's order. */
export async function listPublicModels(): Promise<PublicModel[]> {
  const rows = await db().model.findMany({
    where: { enabled: true, routes: { some: { enabled: true, connection: { enabled: true } } } },
    orderBy: [{ sort: "asc" }, { id: "asc" }],
    include: {
      prices: {
        where: { validFrom: { lte: new Date() } },
        orderBy: [{ validFrom: "desc" }, { version: "desc" }],
        take: 1,
      },
    },
  });
  return rows.flatMap(({ prices, enabled: _, updatedAt: __, ...facts }) => {
    const [price] = prices;
    if (!price) return [];
    const { inputPico, cachedInputPico, outputPico } = price;
    return [{ ...facts, inputPico, cachedInputPico, outputPico }];
  });
}

import { db } from "@/lib/db";

export interface PackView {
  id: string;
  name: string;
  currency: string;
  /** What it costs, in minor units of `currency`. */
  priceMinor: bigint;
  /** What it gives, in nano-USD; the bonus is promotional credit. */
  creditNano: bigint;
  bonusNano: bigint;
}

/** What can be bought now, in the operator's order. The same for everyone. */
export async function listPacks(): Promise<PackView[]> {
  return db().pack.findMany({
    where: { active: true },
    orderBy: [{ sort: "asc" }, { priceMinor: "asc" }, { id: "asc" }],
    select: { id: true, name: true, currency: true, priceMinor: true, creditNano: true, bonusNano: true },
  });
}

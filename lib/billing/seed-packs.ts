import { db } from "@/lib/db";
import { NANO_PER_USD } from "@/lib/money";

const DEFAULT_PACKS = [
  { id: "pack_5", name: "$5 pack", priceMinor: 500n, creditNano: 5n * NANO_PER_USD, bonusNano: 0n },
  {
    id: "pack_20",
    name: "$20 pack",
    priceMinor: 2_000n,
    creditNano: 20n * NANO_PER_USD,
    bonusNano: NANO_PER_USD,
  },
  {
    id: "pack_50",
    name: "$50 pack",
    priceMinor: 5_000n,
    creditNano: 50n * NANO_PER_USD,
    bonusNano: 4n * NANO_PER_USD,
  },
  {
    id: "pack_100",
    name: "$100 pack",
    priceMinor: 10_000n,
    creditNano: 100n * NANO_PER_USD,
    bonusNano: 10n * NANO_PER_USD,
  },
];

/** Packs for an installation that has none yet. Leaves every other alone, also one whose packs are all withdrawn. */
export async function seedPacks(): Promise<void> {
  if ((await db().pack.count()) > 0) return;
  await db().pack.createMany({
    data: DEFAULT_PACKS.map((pack, index) => ({ ...pack, currency: "usd", sort: index })),
    skipDuplicates: true,
  });
}

import { formatMinor } from "@/lib/billing/format-minor";
import type { PackView } from "@/lib/billing/list-packs";
import { formatUsd, NANO_PER_CENT, NANO_PER_USD } from "@/lib/money";

/** A pack in the words of its card. */
export interface PackChoice {
  id: string;
  price: string;
  total: string;
  bonus: string | null;
  /** What $1 of credit costs; only where both are dollars. */
  perDollar: string | null;
  /** For the button: whole dollars without cents. */
  short: string;
}

export function packChoice(pack: PackView): PackChoice {
  const totalNano = pack.creditNano + pack.bonusNano;
  const perDollarNano = (pack.priceMinor * NANO_PER_CENT * NANO_PER_USD) / totalNano;
  return {
    id: pack.id,
    price: formatMinor(pack.priceMinor, pack.currency),
    total: formatUsd(totalNano),
    bonus: pack.bonusNano > 0n ? formatUsd(pack.bonusNano) : null,
    perDollar: pack.currency === "usd" ? formatUsd(perDollarNano) : null,
    short: formatUsd(pack.creditNano).replace(/\.00$/, ""),
  };
}

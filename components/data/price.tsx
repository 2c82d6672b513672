import { cn } from "@/components/ui/cn";
import { usdPerMillion } from "@/lib/money";

/** A price in pico-USD per token as exact USD per million tokens, never with fewer than two decimals: $2.50. */
export function Price({ pico, className }: { pico: bigint; className?: string }) {
  return <span className={cn("num whitespace-nowrap", className)}>{formatPrice(pico)}</span>;
}

export function formatPrice(pico: bigint): string {
  const [whole, fraction = ""] = usdPerMillion(pico).split(".");
  return `$${whole}.${fraction.padEnd(2, "0")}`;
}

import { cn } from "@/components/ui/cn";
import { formatUsd, usdExact } from "@/lib/money";

/** An amount in nano-USD, short for reading, exact on hover. `sign` shows plus for money in; `free` is what zero reads as. */
export function Money({
  nano,
  sign = false,
  free,
  className,
}: {
  nano: bigint;
  sign?: boolean;
  free?: string;
  className?: string;
}) {
  if (nano === 0n && free) return <span className={className}>{free}</span>;
  const exact = `${nano < 0n ? "−" : ""}$${usdExact(nano < 0n ? -nano : nano)}`;
  return (
    <span
      title={exact}
      className={cn("num whitespace-nowrap", sign && nano > 0n && "text-accent-text", className)}
    >
      {formatUsd(nano, { sign })}
    </span>
  );
}

import { cn } from "@/components/ui/cn";
import { formatTokens, group } from "./format-tokens";

/** A count of model tokens or calls: short for reading, exact on hover. */
export function Tokens({ count, className }: { count: number | bigint; className?: string }) {
  return (
    <span title={group(count)} className={cn("num whitespace-nowrap", className)}>
      {formatTokens(count)}
    </span>
  );
}

import { cn } from "@/components/ui/cn";
import { formatDuration } from "./format-duration";
import { group } from "./format-tokens";

/** A span of time in milliseconds. */
export function Duration({ durationMs, className }: { durationMs: number; className?: string }) {
  return (
    <span title={`${group(Math.round(durationMs))} ms`} className={cn("num whitespace-nowrap", className)}>
      {formatDuration(durationMs)}
    </span>
  );
}

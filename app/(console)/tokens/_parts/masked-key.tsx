import { cn } from "@/components/ui/cn";

/** As much of a secret as may be shown: its prefix and last four characters. */
export function MaskedKey({
  secret,
  className,
}: {
  secret: { prefix: string; lastFour: string };
  className?: string;
}) {
  return (
    <span className={cn("num whitespace-nowrap", className)}>
      {secret.prefix}
      <span className="text-ink-3">…</span>
      {secret.lastFour}
    </span>
  );
}

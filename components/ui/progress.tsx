import { cn } from "./cn";

/** A gauge from 0 to 1. Amber from `soonAt`, red when full, unless `tone` says otherwise. */
export function Progress({
  value,
  label,
  soonAt,
  tone,
  className,
}: {
  value: number;
  label: string;
  soonAt?: number;
  tone?: "accent" | "warn" | "danger";
  className?: string;
}) {
  const share = Math.min(1, Math.max(0, value));
  const shown =
    tone ?? (soonAt === undefined ? "accent" : share >= 1 ? "danger" : share >= soonAt ? "warn" : "accent");
  const fill = { accent: "bg-accent", warn: "bg-warn", danger: "bg-danger" }[shown];
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      className={cn("h-1 w-full overflow-hidden rounded-full bg-ink/10", className)}
    >
      <div className={cn("h-full rounded-full", fill)} style={{ width: `${share * 100}%` }} />
    </div>
  );
}

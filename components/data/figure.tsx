import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

/** A row of figures, divided by hairlines; two a row on phones. */
export function Figures({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <dl
      className={cn(
        "grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-line md:auto-cols-fr md:grid-flow-col md:grid-cols-none",
        className,
      )}
    >
      {children}
    </dl>
  );
}

/** One figure: what it is, how much, and beside it a change or a remark. */
export function Figure({
  label,
  value,
  delta,
  tone = "neutral",
  hint,
  className,
}: {
  label: ReactNode;
  value: ReactNode;
  delta?: ReactNode;
  tone?: "neutral" | "good" | "soon" | "bad";
  hint?: ReactNode;
  className?: string;
}) {
  const ink = {
    neutral: "text-ink-3",
    good: "text-accent-text",
    soon: "text-warn-text",
    bad: "text-danger-text",
  };
  return (
    <div className={cn("min-w-0 bg-raised px-4 py-3", className)}>
      <dt className="truncate text-ink-2 text-xs">{label}</dt>
      <dd className="mt-1 flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium text-2xl tracking-tight [&_.num]:font-sans [&_.num]:tracking-tight">
          {value}
        </span>
        {delta ? <span className={cn("text-xs tabular-nums", ink[tone])}>{delta}</span> : null}
      </dd>
      {hint ? (
        <dd className={cn("mt-0.5 text-balance text-xs", ink[delta ? "neutral" : tone])}>{hint}</dd>
      ) : null}
    </div>
  );
}

import { cn } from "@/components/ui/cn";
import { largest } from "./chart-data";

/** The course of one number in a table cell or figure. Zero is the baseline; decorative beside the figure it belongs to. */
export function Sparkline({
  values,
  label,
  className,
}: {
  values: readonly bigint[];
  label: string;
  className?: string;
}) {
  const most = largest(values) || 1n;
  const last = Math.max(1, values.length - 1);
  const place = (value: bigint, index: number) =>
    `${((index / last) * 100).toFixed(2)},${(30 - Number((value * 2_800n) / most) / 100).toFixed(2)}`;
  const line = values.map(place).join(" ");
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox="0 0 100 32"
      preserveAspectRatio="none"
      className={cn("h-8 w-24 overflow-visible", className)}
    >
      <polygon points={`0,30 ${line} 100,30`} style={{ fill: "var(--accent)" }} opacity="0.1" />
      <polyline
        points={line}
        fill="none"
        vectorEffect="non-scaling-stroke"
        strokeWidth="1.5"
        strokeLinejoin="round"
        style={{ stroke: "var(--accent-text)" }}
      />
    </svg>
  );
}

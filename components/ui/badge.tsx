import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./cn";

const badge = cva(
  "inline-flex h-5 shrink-0 items-center gap-1 whitespace-nowrap rounded-sm px-1.5 font-medium text-xs [&_svg]:size-3",
  {
    variants: {
      tone: {
        neutral: "bg-ink/6 text-ink-2",
        good: "bg-accent-soft text-accent-text",
        soon: "bg-warn-soft text-warn-text",
        bad: "bg-danger-soft text-danger-text",
        outline: "border text-ink-2",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

/** A state in a word or two. `dot` adds a mark, so that colour is not the only sign beside a neutral one. */
export function Badge({
  tone,
  dot = false,
  className,
  children,
  ...rest
}: ComponentProps<"span"> & VariantProps<typeof badge> & { dot?: boolean }) {
  return (
    <span className={cn(badge({ tone }), className)} {...rest}>
      {dot ? <span aria-hidden="true" className="size-1.5 rounded-full bg-current" /> : null}
      {children}
    </span>
  );
}

import { cva, type VariantProps } from "class-variance-authority";
import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

const alert = cva("flex gap-3 rounded-lg border p-3 text-sm [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0", {
  variants: {
    tone: {
      info: "bg-sunken [&>svg]:text-ink-3",
      good: "border-accent/30 bg-accent-soft/60 [&>svg]:text-accent-text",
      soon: "border-warn/40 bg-warn-soft/70 [&>svg]:text-warn-text",
      bad: "border-danger/40 bg-danger-soft/70 [&>svg]:text-danger-text",
    },
  },
  defaultVariants: { tone: "info" },
});

const ICONS = { info: Info, good: CircleCheck, soon: TriangleAlert, bad: CircleAlert } as const;

/** What happened, what it means for the money, what to do (`action`). A failure is announced at once. */
export function Alert({
  tone = "info",
  title,
  action,
  className,
  children,
}: {
  tone?: NonNullable<VariantProps<typeof alert>["tone"]>;
  title?: ReactNode;
  action?: ReactNode;
  className?: string;
  children?: ReactNode;
}) {
  const Icon = ICONS[tone];
  return (
    <div role={tone === "bad" ? "alert" : "status"} className={cn(alert({ tone }), className)}>
      <Icon aria-hidden="true" />
      <div className="min-w-0 flex-1">
        {title ? <p className="font-medium text-ink">{title}</p> : null}
        {children ? <div className={cn("text-ink-2", title ? "mt-0.5" : "")}>{children}</div> : null}
      </div>
      {action ? <div className="flex shrink-0 items-start gap-2">{action}</div> : null}
    </div>
  );
}

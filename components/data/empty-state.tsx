import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

/** Nothing here yet: what will stand here, and the one step that brings it. */
export function EmptyState({
  icon: Icon,
  title,
  action,
  className,
  children,
}: {
  icon?: LucideIcon;
  title: ReactNode;
  action?: ReactNode;
  className?: string;
  children?: ReactNode;
}) {
  return (
    <div
      className={cn(
        "grid grid-cols-[minmax(0,1fr)] justify-items-center gap-2 rounded-lg border border-dashed px-4 py-12 sm:px-6 text-center",
        className,
      )}
    >
      {Icon ? (
        <span className="mb-1 grid size-10 place-items-center rounded-full border bg-raised text-ink-3">
          <Icon aria-hidden="true" className="size-5" strokeWidth={1.5} />
        </span>
      ) : null}
      <p className="font-medium">{title}</p>
      {children ? <div className="w-full max-w-md text-ink-2">{children}</div> : null}
      {action ? <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}

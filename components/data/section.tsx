import { type ReactNode, useId } from "react";
import { cn } from "@/components/ui/cn";

/** A part of a page with its own heading; `id` makes it a place to link to. */
export function Section({
  id,
  title,
  sentence,
  action,
  className,
  children,
}: {
  id?: string;
  title: ReactNode;
  sentence?: ReactNode;
  action?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  const heading = useId();
  return (
    <section
      id={id}
      aria-labelledby={heading}
      className={cn("grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3", className)}
    >
      <header className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 max-w-prose flex-1 basis-48">
          <h2 id={heading} className="font-medium">
            {title}
          </h2>
          {sentence ? <p className="text-ink-2">{sentence}</p> : null}
        </div>
        {action ? <div className="flex flex-wrap items-center gap-2">{action}</div> : null}
      </header>
      {children}
    </section>
  );
}

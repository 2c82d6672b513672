import { type ReactNode, useId } from "react";
import { cn } from "@/components/ui/cn";

/** One step of the way, its number on a line that leads to the next. */
export function Step({
  number,
  title,
  sentence,
  last = false,
  children,
}: {
  number?: number;
  title: string;
  sentence?: string;
  last?: boolean;
  children?: ReactNode;
}) {
  const heading = useId();
  return (
    <li
      aria-labelledby={heading}
      className="relative grid grid-cols-[minmax(0,1fr)] gap-3 sm:grid-cols-[1.75rem_minmax(0,1fr)] sm:gap-x-4"
    >
      {last ? null : (
        <span aria-hidden="true" className="absolute top-8 -bottom-7 left-3.5 w-px bg-line max-sm:hidden" />
      )}
      <span
        aria-hidden="true"
        className={cn(
          "num grid size-7 place-items-center rounded-full border bg-raised text-xs max-sm:hidden",
          number === undefined && "text-ink-3",
        )}
      >
        {number ?? "·"}
      </span>
      <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3">
        <header className="max-w-prose sm:pt-1">
          <h2 id={heading} className="font-medium">
            {number === undefined ? null : <span className="num mr-1.5 text-ink-3 sm:hidden">{number}</span>}
            {title}
          </h2>
          {sentence ? <p className="text-ink-2">{sentence}</p> : null}
        </header>
        {children}
      </div>
    </li>
  );
}

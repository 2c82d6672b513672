import type { ComponentProps } from "react";
import { cn } from "./cn";

/** The bare parts; most lists want components/data/data-table instead. */
export function Table({ className, ...rest }: ComponentProps<"table">) {
  return <table className={cn("w-full border-separate border-spacing-0 text-sm", className)} {...rest} />;
}

export function TableHead({ className, ...rest }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      className={cn(
        "h-9 whitespace-nowrap border-b px-3 text-left align-middle font-medium text-ink-3 text-xs",
        className,
      )}
      {...rest}
    />
  );
}

export function TableCell({ className, ...rest }: ComponentProps<"td">) {
  return <td className={cn("h-11 border-b px-3 py-2 align-middle", className)} {...rest} />;
}

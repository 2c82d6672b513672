import type { ComponentProps } from "react";
import { cn } from "@/components/ui/cn";

/**
 * The row of buttons at a form's end; the main one first on phones, last on wide screens. In a dialog it stays in
 * sight while the fields scroll.
 */
export function FormActions({ className, ...rest }: ComponentProps<"div">) {
  return (
    <div
      data-form-actions=""
      className={cn(
        "order-2 flex flex-col-reverse gap-2 pt-1 sm:flex-row sm:items-center sm:justify-end",
        className,
      )}
      {...rest}
    />
  );
}

import type { ComponentProps } from "react";
import { cn } from "./cn";

export const CONTROL =
  "w-full min-w-0 rounded-md border border-edge/80 bg-raised px-2.5 text-sm text-ink placeholder:text-ink-3 transition-colors duration-150 ease-out hover:border-edge focus-visible:border-focus focus-visible:outline-1 focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:bg-sunken disabled:text-ink-3 aria-invalid:border-danger aria-invalid:focus-visible:border-danger aria-invalid:focus-visible:outline-danger";

/** 16 px on phones, so that focusing it does not zoom the page. */
export function Input({ className, type = "text", ...rest }: ComponentProps<"input">) {
  return <input type={type} className={cn(CONTROL, "h-9 max-sm:text-site sm:h-8", className)} {...rest} />;
}

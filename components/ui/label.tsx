import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Give it `htmlFor`; components/form does so for you. */
export function Label({ className, ...rest }: ComponentProps<"label"> & { htmlFor: string }) {
  // biome-ignore lint/a11y/noLabelWithoutControl: htmlFor is required by the type.
  return <label className={cn("block font-medium text-ink text-sm", className)} {...rest} />;
}

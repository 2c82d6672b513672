"use client";

import { Switch as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export function Switch({ className, ...rest }: ComponentProps<typeof Radix.Root>) {
  return (
    <Radix.Root
      className={cn(
        "inline-flex h-5 w-9 shrink-0 items-center rounded-full border border-edge bg-edge/40 p-px transition-colors duration-150 disabled:opacity-55 data-[state=checked]:border-accent data-[state=checked]:bg-accent",
        className,
      )}
      {...rest}
    >
      <Radix.Thumb className="size-4 rounded-full bg-paper transition-transform duration-150 ease-out data-[state=checked]:translate-x-4 data-[state=checked]:bg-accent-ink data-[state=unchecked]:bg-ink-2" />
    </Radix.Root>
  );
}

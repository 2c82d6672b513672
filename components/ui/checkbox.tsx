"use client";

import { Check, Minus } from "lucide-react";
import { Checkbox as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export function Checkbox({ className, ...rest }: ComponentProps<typeof Radix.Root>) {
  return (
    <Radix.Root
      className={cn(
        "group grid size-4 shrink-0 place-items-center rounded-sm border border-edge bg-raised text-accent-ink transition-colors duration-150 disabled:opacity-55 aria-invalid:border-danger data-[state=checked]:border-accent data-[state=indeterminate]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:bg-accent",
        className,
      )}
      {...rest}
    >
      <Radix.Indicator>
        <Minus
          aria-hidden="true"
          className="hidden size-3 group-data-[state=indeterminate]:block"
          strokeWidth={3}
        />
        <Check
          aria-hidden="true"
          className="size-3 group-data-[state=indeterminate]:hidden"
          strokeWidth={3}
        />
      </Radix.Indicator>
    </Radix.Root>
  );
}

"use client";

import { RadioGroup as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { useId } from "react";
import { cn } from "./cn";

export function RadioGroup({ className, ...rest }: ComponentProps<typeof Radix.Root>) {
  return <Radix.Root className={cn("grid gap-2", className)} {...rest} />;
}

export function RadioItem({ className, ...rest }: ComponentProps<typeof Radix.Item>) {
  return (
    <Radix.Item
      className={cn(
        "grid size-4 shrink-0 place-items-center rounded-full border border-edge bg-raised transition-colors duration-150 disabled:opacity-55 data-[state=checked]:border-accent data-[state=checked]:bg-accent",
        className,
      )}
      {...rest}
    >
      <Radix.Indicator className="size-1.5 rounded-full bg-accent-ink" />
    </Radix.Item>
  );
}

/** A choice with a sentence: the whole card is the target, the chosen one is ringed. */
export function RadioCard({
  label,
  hint,
  className,
  ...rest
}: Omit<ComponentProps<typeof Radix.Item>, "children"> & { label: ReactNode; hint?: ReactNode }) {
  const id = useId();
  return (
    <label
      htmlFor={id}
      className={cn(
        "flex cursor-pointer gap-3 rounded-lg border p-3 transition-colors duration-150 hover:border-edge has-[[data-state=checked]]:border-accent has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-focus has-[:focus-visible]:outline-offset-2 has-[[data-state=checked]]:bg-accent-soft/50 has-[:disabled]:cursor-not-allowed has-[:disabled]:opacity-60",
        className,
      )}
    >
      <RadioItem id={id} className="mt-0.5 focus-visible:outline-none" {...rest} />
      <span className="min-w-0">
        <span className="block font-medium">{label}</span>
        {hint ? <span className="block text-ink-2">{hint}</span> : null}
      </span>
    </label>
  );
}

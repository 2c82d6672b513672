"use client";

import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { CONTROL } from "./input";
import { FLOATING, FLOATING_ITEM } from "./menu-look";

export const Select = Radix.Root;
export const SelectGroup = Radix.Group;

export function SelectTrigger({
  className,
  placeholder,
  text,
  ...rest
}: Omit<ComponentProps<typeof Radix.Trigger>, "children"> & {
  placeholder?: ReactNode;
  /** What is chosen, in words: with it the server's page shows the choice already. */
  text?: ReactNode;
}) {
  return (
    <Radix.Trigger
      className={cn(
        CONTROL,
        "flex h-9 items-center justify-between gap-2 text-left data-placeholder:text-ink-3 sm:h-8 [&>span]:truncate",
        className,
      )}
      {...rest}
    >
      <Radix.Value placeholder={placeholder}>{text}</Radix.Value>
      <Radix.Icon asChild>
        <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-ink-3" />
      </Radix.Icon>
    </Radix.Trigger>
  );
}

export function SelectContent({ className, children, ...rest }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        position="popper"
        sideOffset={4}
        className={cn(
          FLOATING,
          "max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) overflow-hidden p-1",
          className,
        )}
        {...rest}
      >
        <Radix.Viewport>{children}</Radix.Viewport>
      </Radix.Content>
    </Radix.Portal>
  );
}

export function SelectItem({ className, children, ...rest }: ComponentProps<typeof Radix.Item>) {
  return (
    <Radix.Item className={cn(FLOATING_ITEM, "justify-between gap-3", className)} {...rest}>
      <Radix.ItemText>{children}</Radix.ItemText>
      <Radix.ItemIndicator>
        <Check aria-hidden="true" className="size-4 text-accent-text" />
      </Radix.ItemIndicator>
    </Radix.Item>
  );
}

export function SelectLabel({ className, ...rest }: ComponentProps<typeof Radix.Label>) {
  return <Radix.Label className={cn("px-2 py-1 text-ink-3 text-xs", className)} {...rest} />;
}

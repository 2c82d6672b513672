"use client";

import { Tabs as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export const Tabs = Radix.Root;

export const TAB_LIST = "flex gap-5 overflow-x-auto border-b [scrollbar-width:none]";
export const TAB =
  "-mb-px shrink-0 whitespace-nowrap border-transparent border-b-2 pt-1 pb-2 text-ink-2 text-sm transition-colors duration-150 hover:text-ink focus-visible:outline-offset-[-2px] aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink";

export function TabsList({ className, ...rest }: ComponentProps<typeof Radix.List>) {
  return <Radix.List className={cn(TAB_LIST, className)} {...rest} />;
}

export function TabsTrigger({ className, ...rest }: ComponentProps<typeof Radix.Trigger>) {
  return <Radix.Trigger className={cn(TAB, className)} {...rest} />;
}

export function TabsContent({ className, ...rest }: ComponentProps<typeof Radix.Content>) {
  return <Radix.Content className={cn("pt-4", className)} {...rest} />;
}

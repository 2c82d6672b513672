"use client";

import { Dialog as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { CloseCorner, Veil } from "./dialog";

export const Sheet = Radix.Root;
export const SheetTrigger = Radix.Trigger;
export const SheetClose = Radix.Close;

/** A panel from the side for one thing in a list: the list stays where it was. */
export function SheetContent({
  title,
  description,
  footer,
  side = "right",
  hideTitle = false,
  className,
  children,
  ...rest
}: Omit<ComponentProps<typeof Radix.Content>, "title"> & {
  title: ReactNode;
  description?: ReactNode;
  footer?: ReactNode;
  side?: "left" | "right";
  hideTitle?: boolean;
}) {
  return (
    <Radix.Portal>
      <Veil />
      <Radix.Content
        className={cn(
          "fixed inset-y-0 z-50 flex w-full max-w-md flex-col bg-raised shadow-float focus:outline-none",
          side === "right"
            ? "right-0 border-l data-[state=open]:animate-from-right"
            : "left-0 max-w-72 border-r data-[state=open]:animate-from-left",
          className,
        )}
        {...(description ? {} : { "aria-describedby": undefined })}
        {...rest}
      >
        <header className={hideTitle ? "sr-only" : "border-b px-5 py-4 pr-12"}>
          <Radix.Title className="font-semibold text-ink text-xl">{title}</Radix.Title>
          {description ? (
            <Radix.Description className="mt-1 text-ink-2">{description}</Radix.Description>
          ) : null}
        </header>
        <div className={cn("min-h-0 flex-1 overflow-y-auto", hideTitle ? "" : "px-5 py-4")}>{children}</div>
        {footer ? (
          <footer className="flex flex-wrap justify-end gap-2 border-t px-5 py-3">{footer}</footer>
        ) : null}
        <CloseCorner />
      </Radix.Content>
    </Radix.Portal>
  );
}

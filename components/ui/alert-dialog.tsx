"use client";

import { AlertDialog as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

export const AlertDialog = Radix.Root;
export const AlertDialogTrigger = Radix.Trigger;
export const AlertDialogCancel = Radix.Cancel;
export const AlertDialogAction = Radix.Action;

/** Asks before something that cannot be taken back. Put the consequence in `description`, the buttons in `footer`. */
export function AlertDialogContent({
  title,
  description,
  footer,
  className,
  children,
  ...rest
}: Omit<ComponentProps<typeof Radix.Content>, "title"> & {
  title: ReactNode;
  description: ReactNode;
  footer?: ReactNode;
}) {
  return (
    <Radix.Portal>
      <Radix.Overlay className="fixed inset-0 z-40 bg-veil data-[state=open]:animate-appear" />
      <div className="pointer-events-none fixed inset-0 z-50 grid place-items-center p-4">
        <Radix.Content
          className={cn(
            "pointer-events-auto w-full max-w-md rounded-lg border bg-raised shadow-float focus:outline-none data-[state=open]:animate-rise",
            className,
          )}
          {...rest}
        >
          <div className="grid gap-3 p-5">
            <Radix.Title className="font-semibold text-ink text-xl">{title}</Radix.Title>
            <Radix.Description className="text-ink-2">{description}</Radix.Description>
            {children}
          </div>
          {footer ? (
            <footer className="flex flex-wrap justify-end gap-2 border-t px-5 py-3">{footer}</footer>
          ) : null}
        </Radix.Content>
      </div>
    </Radix.Portal>
  );
}

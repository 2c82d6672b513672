"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";

/** A form's buttons become the dialog's foot: in sight however far its fields scroll. */
const FORM_FOOT =
  "scroll-pb-28 [&_[data-form-actions]]:sticky [&_[data-form-actions]]:-bottom-4 [&_[data-form-actions]]:z-10 [&_[data-form-actions]]:-mx-5 [&_[data-form-actions]]:-mb-4 [&_[data-form-actions]]:border-t [&_[data-form-actions]]:bg-raised [&_[data-form-actions]]:px-5 [&_[data-form-actions]]:py-3";

export const Dialog = Radix.Root;
export const DialogTrigger = Radix.Trigger;
export const DialogClose = Radix.Close;

/** Dims what is behind a dialog or sheet. */
export function Veil() {
  return <Radix.Overlay className="fixed inset-0 z-40 bg-veil data-[state=open]:animate-appear" />;
}

/** The cross in the corner of a dialog or sheet. */
export function CloseCorner() {
  const t = useTranslations("ui");
  return (
    <Radix.Close asChild>
      <Button variant="ghost" size="icon-sm" aria-label={t("close")} className="absolute top-3 right-3">
        <X aria-hidden="true" />
      </Button>
    </Radix.Close>
  );
}

/** `title` names the dialog for everyone; `locked` keeps it open until a button closes it. */
export function DialogContent({
  title,
  description,
  footer,
  locked = false,
  className,
  children,
  ...rest
}: Omit<ComponentProps<typeof Radix.Content>, "title"> & {
  title: ReactNode;
  description?: ReactNode;
  footer?: ReactNode;
  locked?: boolean;
}) {
  const hold = locked ? (event: Event) => event.preventDefault() : undefined;
  return (
    <Radix.Portal>
      <Veil />
      <div className="pointer-events-none fixed inset-0 z-50 grid place-items-center p-4 max-sm:place-items-end max-sm:p-0">
        <Radix.Content
          className={cn(
            "pointer-events-auto relative flex max-h-[calc(100dvh-2rem)] w-full max-w-lg flex-col rounded-lg border bg-raised shadow-float focus:outline-none max-sm:rounded-b-none data-[state=open]:animate-rise",
            className,
          )}
          {...(description ? {} : { "aria-describedby": undefined })}
          {...(hold ? { onEscapeKeyDown: hold, onInteractOutside: hold } : {})}
          {...rest}
        >
          <header className="px-5 pt-5 pr-12">
            <Radix.Title className="font-semibold text-ink text-xl">{title}</Radix.Title>
            {description ? (
              <Radix.Description className="mt-1 text-ink-2">{description}</Radix.Description>
            ) : null}
          </header>
          <div className={cn("min-h-0 flex-1 overflow-y-auto rounded-b-lg px-5 py-4", FORM_FOOT)}>
            {children}
          </div>
          {footer ? (
            <footer className="flex flex-wrap justify-end gap-2 border-t px-5 py-3">{footer}</footer>
          ) : null}
          {locked ? null : <CloseCorner />}
        </Radix.Content>
      </div>
    </Radix.Portal>
  );
}

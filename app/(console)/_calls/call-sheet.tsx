"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useRef } from "react";
import { Sheet, SheetContent } from "@/components/ui/sheet";

/**
 * A call beside the list it was opened from. Closing goes back, so that the list stays as it was; the keyboard, too,
 * begins at the sheet's top and returns to the row.
 */
export function CallSheet({
  title,
  description,
  children,
}: {
  title: ReactNode;
  description: ReactNode;
  children: ReactNode;
}) {
  const router = useRouter();
  const row = useRef<Element | null>(null);
  return (
    <Sheet open onOpenChange={(open) => !open && router.back()}>
      <SheetContent
        title={title}
        description={description}
        className="max-w-xl"
        onOpenAutoFocus={(event) => {
          event.preventDefault();
          row.current = document.activeElement;
          if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
        }}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          if (row.current instanceof HTMLElement) row.current.focus({ preventScroll: true });
        }}
      >
        {children}
      </SheetContent>
    </Sheet>
  );
}

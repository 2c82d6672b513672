"use client";

import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { Sheet, SheetContent } from "@/components/ui/sheet";

/** A call beside the list it was opened from. Closing goes back, so that the list stays as it was. */
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
  return (
    <Sheet open onOpenChange={(open) => !open && router.back()}>
      <SheetContent title={title} description={description} className="max-w-xl">
        {children}
      </SheetContent>
    </Sheet>
  );
}

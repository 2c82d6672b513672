import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

/**
 * The body of a console page: at most 1200 wide, 32 px between its sections. Start it with a PageHeader. A `narrow`
 * one is for reading; it begins at the same left edge as the others.
 */
export function Page({
  narrow = false,
  className,
  children,
}: {
  narrow?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <div
      className={cn(
        "mx-auto grid w-full max-w-[1264px] gap-8 px-4 py-6 sm:px-6 lg:px-8",
        narrow ? "grid-cols-[minmax(0,44rem)]" : "grid-cols-[minmax(0,1fr)]",
        className,
      )}
    >
      {children}
    </div>
  );
}

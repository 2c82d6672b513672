import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

/** The body of a console page: at most 1200 wide, 32 px between its sections. Start it with a PageHeader. */
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
        "mx-auto grid w-full grid-cols-[minmax(0,1fr)] gap-8 px-4 py-6 sm:px-6 lg:px-8",
        narrow ? "max-w-3xl" : "max-w-[1264px]",
        className,
      )}
    >
      {children}
    </div>
  );
}

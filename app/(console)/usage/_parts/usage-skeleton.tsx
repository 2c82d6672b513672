import { Page } from "@/components/data/page";
import { Skeleton } from "@/components/ui/skeleton";
import { TableSkeleton } from "../../_calls/table-skeleton";

/** The page while it is being read: the same shape, without the numbers. */
export function UsageSkeleton() {
  return (
    <Page>
      <div className="grid gap-1.5">
        <Skeleton className="h-7 w-24" />
        <Skeleton className="h-5 w-72" />
      </div>
      <div className="-mt-3 grid gap-4">
        <Skeleton className="h-9 w-full max-w-xl sm:h-8" />
        <Skeleton className="h-[5.5rem] w-full" />
      </div>
      <Skeleton className="h-72 w-full" />
      <TableSkeleton rows={6} />
    </Page>
  );
}

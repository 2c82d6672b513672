import { Page } from "@/components/data/page";
import { Skeleton } from "@/components/ui/skeleton";
import { TableSkeleton } from "../../_calls/table-skeleton";

/** The page while it is being read: the same shape, without the numbers. */
export function LogsSkeleton() {
  return (
    <Page>
      <div className="grid gap-1.5">
        <Skeleton className="h-7 w-24" />
        <Skeleton className="h-5 w-72" />
      </div>
      <div className="-mt-3 grid gap-4">
        <Skeleton className="h-9 w-full max-w-2xl sm:h-8" />
        <TableSkeleton rows={12} />
      </div>
    </Page>
  );
}

import { Page } from "@/components/data/page";
import { Skeleton } from "@/components/ui/skeleton";
import { TableSkeleton } from "../../_calls/table-skeleton";

/** The list while it is being read: the same shape, without the keys. */
export function TokensSkeleton() {
  return (
    <Page>
      <div className="grid gap-4">
        <div className="grid gap-1.5">
          <Skeleton className="h-7 w-24" />
          <Skeleton className="h-5 w-64" />
        </div>
        <Skeleton className="h-8 w-52" />
      </div>
      <div className="grid gap-3">
        <Skeleton className="h-9 w-full max-w-2xl sm:h-8" />
        <TableSkeleton rows={10} />
      </div>
    </Page>
  );
}

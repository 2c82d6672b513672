import { Page } from "@/components/data/page";
import { Skeleton } from "@/components/ui/skeleton";
import { TableSkeleton } from "../../_calls/table-skeleton";

/** The page while it is being read: the same shape, without the numbers. */
export function CreditsSkeleton() {
  return (
    <Page>
      <div className="grid gap-1.5">
        <Skeleton className="h-7 w-24" />
        <Skeleton className="h-5 w-80" />
      </div>
      <Skeleton className="h-[5.5rem] w-full" />
      <div className="grid grid-cols-2 gap-2 sm:gap-3 wide:grid-cols-4">
        {["a", "b", "c", "d"].map((card) => (
          <Skeleton key={card} className="h-32 w-full" />
        ))}
      </div>
      <TableSkeleton rows={5} />
    </Page>
  );
}

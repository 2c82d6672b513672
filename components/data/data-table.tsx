import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { Table, TableCell, TableHead } from "@/components/ui/table";
import { ScrollRegion } from "./scroll-region";

export interface Column<Row> {
  id: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Numbers stand right, in mono tabular figures. */
  numeric?: boolean;
  /** Left out on screens narrower than this, so that what matters fits 360 px. */
  from?: "sm" | "md" | "lg" | "xl";
  /** For a column of buttons: its header is only read aloud. */
  hiddenHeader?: boolean;
  className?: string;
}

const FROM = { sm: "max-sm:hidden", md: "max-md:hidden", lg: "max-lg:hidden", xl: "max-xl:hidden" } as const;

/**
 * Rows that the server renders. The header sticks under the top bar; on phones what does not fit scrolls inside.
 * With `rowHref` the first cell is a link that covers the row; buttons in other cells stay on top of it.
 */
export function DataTable<Row>({
  caption,
  columns,
  rows,
  rowKey,
  rowHref,
  rowClassName,
  empty,
  footer,
  className,
}: {
  caption: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  rowHref?: (row: Row) => string;
  rowClassName?: (row: Row) => string;
  empty?: ReactNode;
  footer?: ReactNode;
  className?: string;
}) {
  if (rows.length === 0 && empty) return <>{empty}</>;
  const look = (column: Column<Row>) =>
    cn(column.numeric && "text-right", column.from && FROM[column.from], column.className);
  return (
    <div className={cn("rounded-lg border bg-raised", className)}>
      <ScrollRegion
        label={caption}
        className="relative rounded-lg focus-visible:-outline-offset-2 max-md:overflow-x-auto"
      >
        <Table>
          <caption className="sr-only">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <TableHead
                  key={column.id}
                  className={cn(
                    "top-12 z-10 bg-raised first:rounded-tl-lg first:pl-4 last:rounded-tr-lg last:pr-4 md:sticky",
                    look(column),
                  )}
                >
                  {column.hiddenHeader ? <span className="sr-only">{column.header}</span> : column.header}
                </TableHead>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr
                key={rowKey(row)}
                className={cn(
                  "group relative [&:last-child>td]:border-b-0",
                  rowHref && "hover:bg-ink/3",
                  rowClassName?.(row),
                )}
              >
                {columns.map((column, index) => (
                  <TableCell
                    key={column.id}
                    className={cn(
                      "first:pl-4 last:pr-4",
                      column.numeric && "num",
                      rowHref && index > 0 && "[&_a]:relative [&_button]:relative",
                      look(column),
                    )}
                  >
                    {index === 0 && rowHref ? (
                      <Link
                        href={rowHref(row)}
                        scroll={false}
                        prefetch={false}
                        className="after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-md focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2"
                      >
                        {column.cell(row)}
                      </Link>
                    ) : (
                      column.cell(row)
                    )}
                  </TableCell>
                ))}
              </tr>
            ))}
          </tbody>
        </Table>
      </ScrollRegion>
      {footer ? (
        <div className="flex flex-wrap items-center justify-between gap-2 border-t px-4 py-2 text-ink-2">
          {footer}
        </div>
      ) : null}
    </div>
  );
}

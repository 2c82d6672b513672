import type { ReactNode } from "react";

/** Leaves room for a call that is opened beside the page, under its own URL. */
export default function UsageLayout({ children, sheet }: { children: ReactNode; sheet: ReactNode }) {
  return (
    <>
      {children}
      {sheet}
    </>
  );
}

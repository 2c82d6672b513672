import type { ReactNode } from "react";

/** Leaves room for a ledger line that is opened beside the page, under its own URL. */
export default function CreditsLayout({ children, sheet }: { children: ReactNode; sheet: ReactNode }) {
  return (
    <>
      {children}
      {sheet}
    </>
  );
}

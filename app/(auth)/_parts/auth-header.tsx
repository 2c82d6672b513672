import type { ReactNode } from "react";

/** What this page is for, and one sentence. */
export function AuthHeader({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className="grid gap-1.5">
      <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
      {children ? <p className="text-ink-2">{children}</p> : null}
    </header>
  );
}

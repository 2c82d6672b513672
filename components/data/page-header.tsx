import type { ReactNode } from "react";

/** Title, one sentence, the primary action on the right. The first thing of every console page. */
export function PageHeader({
  title,
  sentence,
  action,
}: {
  title: ReactNode;
  sentence?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 max-w-prose flex-1 basis-64">
        <h1 className="break-words font-semibold text-xl tracking-tight">{title}</h1>
        {sentence ? <p className="mt-0.5 text-ink-2">{sentence}</p> : null}
      </div>
      {action ? <div className="flex flex-wrap gap-2">{action}</div> : null}
    </header>
  );
}

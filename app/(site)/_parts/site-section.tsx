import type { ReactNode } from "react";

/** A band of a public page: heading and sentence on the left of wide screens, the thing itself on the right. */
export function SiteSection({
  title,
  sentence,
  stacked = false,
  children,
}: {
  title: ReactNode;
  sentence?: ReactNode;
  stacked?: boolean;
  children: ReactNode;
}) {
  return (
    <section className="border-t">
      <div
        className={`mx-auto grid max-w-6xl grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-6 px-4 py-14 sm:px-6 ${stacked ? "" : "lg:grid-cols-[20rem_minmax(0,1fr)]"}`}
      >
        <header className={stacked ? "max-w-prose" : ""}>
          <h2 className="font-semibold text-2xl tracking-tight">{title}</h2>
          {sentence ? <p className="mt-2 text-ink-2 text-site">{sentence}</p> : null}
        </header>
        <div className="min-w-0">{children}</div>
      </div>
    </section>
  );
}

import type { ReactNode } from "react";

/** A part of a client's guide, with its place on the page. */
export function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section
      id={id}
      aria-labelledby={`part-${id}`}
      className="mt-4 grid min-w-0 scroll-mt-20 grid-cols-[minmax(0,1fr)] gap-3"
    >
      <h2 id={`part-${id}`} className="font-semibold text-site">
        {title}
      </h2>
      {children}
    </section>
  );
}

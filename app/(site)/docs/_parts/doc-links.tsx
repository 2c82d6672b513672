import Link from "next/link";
import type { Doc } from "./list-docs";

/** Pages of the documentation as a grid of links. What is not a page opens by itself, without the router. */
export function DocLinks({ docs, compact = false }: { docs: readonly Doc[]; compact?: boolean }) {
  const look =
    "grid h-full content-start gap-0.5 rounded-sm px-4 py-3 transition-colors duration-150 hover:bg-sunken";
  return (
    <ul
      className={`grid overflow-hidden rounded-lg border bg-raised sm:grid-cols-2 ${compact ? "lg:grid-cols-4" : "lg:grid-cols-3"}`}
    >
      {docs.map(({ href, title, text }) => {
        const inside = (
          <>
            <span className="wrap-anywhere font-medium">{title}</span>
            <span className="text-ink-2 text-xs">{text}</span>
          </>
        );
        return (
          <li key={href} className="-mr-px -mb-px border-r border-b">
            {/\.(txt|json)$/.test(href) ? (
              <a href={href} className={look}>
                {inside}
              </a>
            ) : (
              <Link href={href} prefetch={false} className={look}>
                {inside}
              </Link>
            )}
          </li>
        );
      })}
    </ul>
  );
}

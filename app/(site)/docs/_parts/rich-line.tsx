import Link from "next/link";
import type { ReactNode } from "react";

const PARTS = /(`[^`]+`|\[[^\]]+\]\([^)\s]+\))/;

/** A sentence of the documentation: `code` and [links](/to/pages), nothing else. */
export function RichLine({ text }: { text: string }) {
  let at = 0;
  return text.split(PARTS).map((part): ReactNode => {
    at += part.length + 1;
    if (part.startsWith("`")) {
      return (
        <code key={at} className="num wrap-anywhere rounded-xs bg-ink/6 px-1 text-[0.92em]">
          {part.slice(1, -1)}
        </code>
      );
    }
    const [, label, href] = /^\[([^\]]+)\]\(([^)\s]+)\)$/.exec(part) ?? [];
    if (!label || !href) return part;
    return (
      <Link key={at} href={href} prefetch={false} className="link">
        {label}
      </Link>
    );
  });
}

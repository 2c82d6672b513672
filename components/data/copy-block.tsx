import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "./copy-button";
import { DownloadButton } from "./download-button";
import { ScrollRegion } from "./scroll-region";

/**
 * Code to paste somewhere, with copy and, given a `filename`, download. `copyCode` is what is copied when it
 * differs from what is shown, for example while a key is hidden on screen.
 */
export function CopyBlock({
  code,
  copyCode,
  title,
  filename,
  wrap = false,
  className,
}: {
  code: string;
  copyCode?: string;
  title?: ReactNode;
  filename?: string;
  wrap?: boolean;
  className?: string;
}) {
  const text = copyCode ?? code;
  const name = typeof title === "string" ? title : filename;
  return (
    <figure className={cn("min-w-0 overflow-hidden rounded-lg border bg-sunken", className)}>
      <figcaption className="flex h-9 items-center justify-between gap-2 border-b pr-1 pl-3 text-ink-2 text-xs">
        <span className="truncate">{title ?? filename}</span>
        <span className="flex shrink-0">
          {filename ? <DownloadButton text={text} filename={filename} /> : null}
          <CopyButton text={text} {...(name ? { what: name } : {})} />
        </span>
      </figcaption>
      <ScrollRegion
        label={name ?? code.slice(0, 40)}
        className="overflow-x-auto focus-visible:-outline-offset-2"
      >
        <pre className="w-fit min-w-full p-3 font-mono text-ink text-xs leading-5">
          <code className={wrap ? "whitespace-pre-wrap wrap-anywhere" : "whitespace-pre"}>{code}</code>
        </pre>
      </ScrollRegion>
    </figure>
  );
}

import { ExternalLink as Icon } from "lucide-react";
import type { ReactNode } from "react";

/** A page of the payment service, in a tab of its own. */
export function ExternalLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" className="link inline-flex items-center gap-1">
      {children}
      <Icon aria-hidden="true" className="size-3" />
    </a>
  );
}

"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { Tooltip } from "@/components/ui/tooltip";
import { isWithin, PLACES } from "./places";

/** The console's pages. In the rail they shrink to icons where space is short; in the sheet they never do. */
export function NavLinks({ inSheet = false, onNavigate }: { inSheet?: boolean; onNavigate?: () => void }) {
  const pathname = usePathname();
  const t = useTranslations("shell");
  return (
    <nav aria-label={t("places")} className="flex-1 px-2 py-2">
      <ul className="grid gap-0.5">
        {PLACES.map(({ id, href, icon: Icon }) => {
          const current = isWithin(pathname, href);
          const link = (
            <Link
              href={href}
              onClick={onNavigate}
              aria-current={current ? "page" : undefined}
              className={cn(
                "relative flex items-center gap-2.5 rounded-md px-2.5 text-ink-2 transition-colors duration-150 hover:bg-ink/5 hover:text-ink",
                inSheet ? "h-10" : "h-8 max-wide:size-10 max-wide:justify-center max-wide:px-0",
                current && "bg-ink/6 font-medium text-ink",
              )}
            >
              <Icon
                aria-hidden="true"
                strokeWidth={1.75}
                className={cn("size-4 shrink-0", current ? "text-accent-text" : "text-ink-3")}
              />
              <span className={inSheet ? "" : "max-wide:sr-only"}>{t(`place.${id}`)}</span>
            </Link>
          );
          return (
            <li key={id} className={id === "settings" ? "mt-2 border-t pt-2" : ""}>
              {inSheet ? (
                link
              ) : (
                <Tooltip content={t(`place.${id}`)} side="right" className="wide:hidden">
                  {link}
                </Tooltip>
              )}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

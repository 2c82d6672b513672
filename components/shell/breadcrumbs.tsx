"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useCrumbLabel } from "./crumb";
import { isWithin, PLACES } from "./places";

/** Where this page is. A page below a place names itself with `<Crumb label>`. */
export function Breadcrumbs() {
  const t = useTranslations("shell");
  const pathname = usePathname();
  const label = useCrumbLabel();
  const place = PLACES.find(({ href }) => isWithin(pathname, href));
  if (!place) return <span className="flex-1" />;
  const below = pathname.slice(place.href.length + 1);
  const name = t(`place.${place.id}`);
  const leaf = label ?? decodeURIComponent(below.split("/").at(-1) ?? "");
  return (
    <nav aria-label={t("breadcrumbs")} className="min-w-0 flex-1">
      <ol className="flex min-w-0 items-center gap-1.5">
        <li className={below ? "shrink-0" : "min-w-0"}>
          {below ? (
            <Link
              href={place.href}
              className="flex items-center rounded-sm text-ink-2 hover:text-ink max-sm:-ml-1 max-sm:size-6 max-sm:justify-center"
            >
              <ChevronLeft aria-hidden="true" className="size-4 sm:hidden" />
              <span className="max-sm:sr-only">{name}</span>
            </Link>
          ) : (
            <span aria-current="page" className="block truncate">
              {name}
            </span>
          )}
        </li>
        {below ? (
          <>
            <li aria-hidden="true" className="max-sm:hidden">
              <ChevronRight className="size-3.5 text-ink-3" />
            </li>
            <li className="min-w-0">
              <span aria-current="page" className="block truncate">
                {leaf}
              </span>
            </li>
          </>
        ) : null}
      </ol>
    </nav>
  );
}

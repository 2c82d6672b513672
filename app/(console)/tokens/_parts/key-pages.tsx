import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { type KeyQuery, keysHref } from "./key-query";

/** How many keys there are, and the way to the others. */
export function KeyPages({
  query,
  matching,
  total,
  pageSize,
}: {
  query: KeyQuery;
  matching: number;
  total: number;
  pageSize: number;
}) {
  const t = useTranslations("tokens.list");
  const pages = Math.max(1, Math.ceil(matching / pageSize));
  return (
    <>
      <span>{matching === total ? t("count", { matching }) : t("countOf", { matching, total })}</span>
      {pages > 1 ? (
        <nav className="flex items-center gap-2">
          {query.page > 1 ? (
            <LinkButton size="sm" href={keysHref({ ...query, page: query.page - 1 })}>
              {t("previous")}
            </LinkButton>
          ) : null}
          <span className="text-xs">{t("page", { page: query.page, pages })}</span>
          {query.page < pages ? (
            <LinkButton size="sm" href={keysHref({ ...query, page: query.page + 1 })}>
              {t("next")}
            </LinkButton>
          ) : null}
        </nav>
      ) : null}
    </>
  );
}

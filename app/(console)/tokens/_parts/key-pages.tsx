import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import type { KeysPage } from "@/lib/keys/list-keys-page";
import { type KeyQuery, keysHref } from "./key-query";

/** Which keys of how many these are, and the way to the others. */
export function KeyPages({ query, page }: { query: KeyQuery; page: KeysPage }) {
  const t = useTranslations("tokens.list");
  const { matching, total, skipped, keys, next, previous } = page;
  const whole = next === null && previous === null;
  return (
    <>
      <span className="tabular-nums">
        {whole ? null : <>{t("range", { from: skipped + 1, to: skipped + keys.length })} </>}
        {matching === total ? t("count", { matching }) : t("countOf", { matching, total })}
      </span>
      {whole ? null : (
        <nav aria-label={t("pages")} className="flex items-center gap-2">
          {skipped > 0 ? (
            <LinkButton size="sm" variant="ghost" href={keysHref(query)} prefetch={false}>
              {t("first")}
            </LinkButton>
          ) : null}
          {previous ? (
            <LinkButton size="sm" href={keysHref(query, previous)} prefetch={false}>
              {t("previous")}
            </LinkButton>
          ) : null}
          {next ? (
            <LinkButton size="sm" href={keysHref(query, next)} prefetch={false}>
              {t("next")}
            </LinkButton>
          ) : null}
        </nav>
      )}
    </>
  );
}

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PageHeader } from "@/components/data/page-header";
import { Button } from "@/components/ui/button";
import { TAB, TAB_LIST } from "@/components/ui/tabs";

const TABS = [
  { id: "keys", href: "/tokens" },
  { id: "management", href: "/tokens/management" },
] as const;

/** Title, main action and tabs of the pages of keys. `action` is for people whose address is confirmed. */
export function TokensHeader({
  tab,
  verified,
  action,
}: {
  tab: (typeof TABS)[number]["id"];
  verified: boolean;
  action: ReactNode;
}) {
  const t = useTranslations("tokens");
  return (
    <div className="grid gap-4">
      <PageHeader
        title={t("title")}
        sentence={t("sentence")}
        action={
          verified ? (
            action
          ) : (
            <span className="grid gap-1 sm:justify-items-end">
              <Button variant="primary" disabled aria-describedby="not-verified">
                {t(tab === "keys" ? "create" : "management.create")}
              </Button>
              <span id="not-verified" className="text-ink-2 text-xs">
                {t("unverified")}
              </span>
            </span>
          )
        }
      />
      <nav aria-label={t("tabs.label")} className={TAB_LIST}>
        {TABS.map(({ id, href }) => (
          <Link key={id} href={href} className={TAB} {...(id === tab ? { "aria-current": "page" } : {})}>
            {t(`tabs.${id}`)}
          </Link>
        ))}
      </nav>
    </div>
  );
}

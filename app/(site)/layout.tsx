import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Brand } from "@/components/shell/brand";
import { ThemeSwitch } from "@/components/shell/theme-switch";
import { LinkButton } from "@/components/ui/button";
import { findUser } from "@/lib/auth/session";

/** The public pages: a plain header, a plain footer. */
export default async function SiteLayout({ children }: { children: ReactNode }) {
  const [t, user] = await Promise.all([getTranslations("site"), findUser()]);
  return (
    <div className="grid min-h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_1fr_auto]">
      <header className="sticky top-0 z-20 border-b bg-paper">
        <div className="mx-auto flex h-14 max-w-6xl items-center gap-1 px-4 sm:px-6">
          <Link href="/" className="mr-auto flex rounded-sm sm:mr-6">
            <Brand />
          </Link>
          <nav aria-label={t("nav.label")} className="mr-auto flex gap-1 max-sm:hidden">
            <LinkButton href="/models" variant="ghost">
              {t("nav.models")}
            </LinkButton>
            <LinkButton href="/pricing" variant="ghost">
              {t("nav.pricing")}
            </LinkButton>
            <LinkButton href="/docs" variant="ghost">
              {t("nav.docs")}
            </LinkButton>
          </nav>
          <ThemeSwitch />
          {user ? (
            <LinkButton href="/overview">{t("nav.console")}</LinkButton>
          ) : (
            <>
              <LinkButton href="/sign-in" variant="ghost" className="max-sm:px-2">
                {t("nav.signIn")}
              </LinkButton>
              <LinkButton href="/sign-up" variant="primary" className="max-sm:hidden">
                {t("nav.signUp")}
              </LinkButton>
            </>
          )}
        </div>
      </header>
      <main id="main" tabIndex={-1} className="min-w-0 focus:outline-none">
        {children}
      </main>
      <footer className="border-t">
        <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-6 gap-y-3 px-4 py-8 text-ink-2 sm:px-6">
          <span className="mr-auto">{t("footer.what")}</span>
          <Link href="/models" className="rounded-sm hover:text-ink">
            {t("nav.models")}
          </Link>
          <Link href="/pricing" className="rounded-sm hover:text-ink">
            {t("nav.pricing")}
          </Link>
          <Link href="/docs" className="rounded-sm hover:text-ink">
            {t("nav.docs")}
          </Link>
          <Link href="/docs/api" className="rounded-sm hover:text-ink">
            {t("nav.api")}
          </Link>
          <Link href="/docs/errors" className="rounded-sm hover:text-ink">
            {t("nav.errors")}
          </Link>
          <Link href="/doctor" className="rounded-sm hover:text-ink">
            {t("nav.doctor")}
          </Link>
          <Link href="/support" className="rounded-sm hover:text-ink">
            {t("nav.support")}
          </Link>
        </div>
      </footer>
    </div>
  );
}

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Balance } from "./balance";
import { BrandMark } from "./brand";
import { Breadcrumbs } from "./breadcrumbs";
import { CommandMenu } from "./command-menu";
import { CrumbProvider } from "./crumb";
import { MobileNav, type RailProps } from "./mobile-nav";
import { NavLinks } from "./nav-links";
import { PersonMenu } from "./person-menu";
import { ThemeSwitch } from "./theme-switch";

/**
 * The frame of the console: rail of 240 px (56 px of icons between 768 and 1100, a sheet below), top bar, page.
 * `notice` is a strip above every page, `aside` stands in the top bar.
 */
export function ConsoleShell({
  notice,
  aside,
  children,
  ...rail
}: RailProps & { notice?: ReactNode; aside?: ReactNode; children: ReactNode }) {
  const t = useTranslations("shell");
  const { workspaceName, email, balance, balanceSource, signOut } = rail;
  return (
    <CrumbProvider>
      <div className="min-h-dvh md:pl-14 wide:pl-60">
        <aside
          aria-label={t("rail")}
          className="fixed inset-y-0 left-0 z-30 flex w-14 flex-col border-r bg-paper max-md:hidden wide:w-60 print:hidden"
        >
          <Link
            href="/overview"
            className="flex h-12 shrink-0 items-center gap-2 border-b font-medium focus-visible:-outline-offset-2 max-wide:justify-center wide:px-4"
          >
            <BrandMark />
            <span className="truncate max-wide:sr-only">{workspaceName}</span>
          </Link>
          <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
            <NavLinks />
            <Balance initial={balance} source={balanceSource} />
            <PersonMenu email={email} signOut={signOut} />
          </div>
        </aside>
        <header className="sticky top-0 z-20 flex h-12 items-center gap-2 border-b bg-paper px-4 sm:px-6 lg:px-8 print:hidden">
          <MobileNav {...rail} />
          <Breadcrumbs />
          {aside}
          <CommandMenu signOut={signOut} />
          <ThemeSwitch />
        </header>
        {notice}
        <main id="main" tabIndex={-1} className="focus:outline-none">
          {children}
        </main>
      </div>
    </CrumbProvider>
  );
}

import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Brand } from "@/components/shell/brand";
import { ThemeSwitch } from "@/components/shell/theme-switch";

/** One thing in the middle: signing up, signing in, confirming, resetting. */
export default async function AuthLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations("shell");
  return (
    <div className="grid min-h-dvh grid-rows-[auto_1fr_auto]">
      <header className="flex h-14 items-center justify-between px-4 sm:px-6">
        <Link href="/" className="flex rounded-sm">
          <Brand />
        </Link>
        <ThemeSwitch />
      </header>
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto grid w-full max-w-[25rem] content-start gap-6 px-4 pt-[8vh] pb-16 focus:outline-none"
      >
        {children}
      </main>
      <footer className="text-balance px-4 pb-6 text-center text-ink-3 text-xs">{t("authFooter")}</footer>
    </div>
  );
}

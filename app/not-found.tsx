import type { Metadata } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Brand } from "@/components/shell/brand";
import { Missing } from "@/components/shell/missing";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("ui");
  return { title: t("missing.title") };
}

export default function NotFound() {
  const t = useTranslations("ui");
  return (
    <>
      <header className="flex h-14 items-center px-4 sm:px-6">
        <Link href="/" className="flex rounded-sm">
          <Brand />
        </Link>
      </header>
      <main id="main">
        <Missing home="/" homeLabel={t("missing.home")} />
      </main>
    </>
  );
}

import Link from "next/link";
import { useTranslations } from "next-intl";

/** From a few calls to all of them, under the same filters. */
export function AllLogs({ href }: { href: string }) {
  const t = useTranslations("logs");
  return (
    <Link href={href} className="rounded-sm font-medium text-accent-text text-xs hover:underline">
      {t("all")}
    </Link>
  );
}

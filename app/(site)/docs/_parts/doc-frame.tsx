import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Page } from "@/components/data/page";
import { Disclaimer } from "./disclaimer";
import type { DocFacts } from "./load-doc-facts";

/** A page of the documentation: the way back, title and sentence, the text, what is on it, the disclaimer. */
export function DocFrame({
  title,
  sentence,
  contents,
  facts,
  children,
}: {
  title: ReactNode;
  sentence: ReactNode;
  contents: readonly { id: string; text: string }[];
  facts: DocFacts;
  children: ReactNode;
}) {
  const t = useTranslations("docs.nav");
  return (
    <Page className="max-w-6xl lg:grid-cols-[minmax(0,46rem)_13rem] lg:justify-between lg:px-6">
      <article className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-4">
        <Link href="/docs" className="link justify-self-start">
          {t("all")}
        </Link>
        <header className="mb-2 max-w-prose">
          <h1 className="text-balance font-semibold text-2xl tracking-tight">{title}</h1>
          <p className="mt-1 text-ink-2 text-site">{sentence}</p>
        </header>
        {children}
        <div className="mt-8">
          <Disclaimer facts={facts} />
        </div>
      </article>
      {contents.length > 1 ? (
        <nav aria-label={t("contents")} className="max-lg:hidden">
          <div className="sticky top-20 grid gap-2">
            <p className="font-medium">{t("contents")}</p>
            <ul className="grid gap-1.5">
              {contents.map(({ id, text }) => (
                <li key={id}>
                  <a href={`#${id}`} className="rounded-sm text-ink-2 hover:text-ink">
                    {text}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        </nav>
      ) : null}
    </Page>
  );
}

import { Search } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Page } from "@/components/data/page";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Disclaimer } from "./_parts/disclaimer";
import { DocLinks } from "./_parts/doc-links";
import { type Doc, type DocGroup, listDocs } from "./_parts/list-docs";
import { loadDocFacts } from "./_parts/load-doc-facts";
import { searchDocs } from "./_parts/search-docs";

interface DocsPageProps {
  searchParams: Promise<{ q?: string | string[] }>;
}

const GROUPS = [
  "guides",
  "chat",
  "coding",
  "automation",
  "library",
  "terminal",
  "statuses",
  "codes",
  "reference",
] as const satisfies readonly DocGroup[];
const LONGEST_SEARCH = 100;

export async function generateMetadata({ searchParams }: DocsPageProps): Promise<Metadata> {
  const [t, { q }] = await Promise.all([getTranslations("docs.index"), searchParams]);
  return { title: t("title"), description: t("description"), ...(q ? { robots: { index: false } } : {}) };
}

/** The index of the documentation. The search is a plain form: the server answers `?q=`, without a script. */
export default async function DocsPage({ searchParams }: DocsPageProps) {
  const [t, facts, { q }] = await Promise.all([getTranslations("docs.index"), loadDocFacts(), searchParams]);
  const search = (typeof q === "string" ? q : "").trim().slice(0, LONGEST_SEARCH);
  const docs = await listDocs(facts);
  const found = searchDocs(docs, search);
  return (
    <Page className="max-w-6xl lg:px-6">
      <header className="grid gap-4">
        <div className="max-w-prose">
          <h1 className="font-semibold text-2xl tracking-tight">{t("title")}</h1>
          <p className="mt-1 text-ink-2 text-site">{t("sentence")}</p>
        </div>
        <form action="/docs" className="flex max-w-lg gap-2">
          <div className="relative flex-1">
            <Search
              aria-hidden="true"
              className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-3"
            />
            <Input
              key={search}
              type="search"
              name="q"
              defaultValue={search}
              maxLength={LONGEST_SEARCH}
              aria-label={t("search")}
              placeholder={t("searchHint")}
              className="pl-8"
            />
          </div>
          <Button type="submit">{t("searchButton")}</Button>
        </form>
      </header>
      {search ? (
        <section aria-live="polite" className="grid gap-3">
          <h2 className="font-semibold text-site">{t("found", { count: found.length, search })}</h2>
          {found.length > 0 ? <DocLinks docs={found} /> : <p className="text-ink-2">{t("nothing")}</p>}
          <Link href="/docs" className="link justify-self-start">
            {t("showAll")}
          </Link>
        </section>
      ) : (
        GROUPS.map((group) => <Group key={group} group={group} title={t(`groups.${group}`)} docs={docs} />)
      )}
      <Disclaimer facts={facts} />
    </Page>
  );
}

function Group({ group, title, docs }: { group: DocGroup; title: string; docs: readonly Doc[] }) {
  return (
    <section
      id={group === "chat" ? "clients" : group}
      aria-labelledby={`docs-${group}`}
      className="grid scroll-mt-20 gap-3"
    >
      <h2 id={`docs-${group}`} className="font-semibold text-site">
        {title}
      </h2>
      <DocLinks
        docs={docs.filter((doc) => doc.group === group)}
        compact={group === "codes" || group === "statuses"}
      />
    </section>
  );
}

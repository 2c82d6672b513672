import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Page } from "@/components/data/page";
import { PageHeader } from "@/components/data/page-header";
import { Section } from "@/components/data/section";
import { Badge } from "@/components/ui/badge";
import { DocBody } from "../../_parts/doc-body";
import { isStatusPage, type StatusPage } from "../../_parts/list-statuses";
import { loadDocFacts } from "../../_parts/load-doc-facts";
import { parseBody } from "../../_parts/parse-body";
import { ErrorArticle, QuotaNote } from "../_parts/error-article";
import { ErrorTable } from "../_parts/error-table";
import { type ErrorEntry, listEntries } from "../_parts/find-entry";

interface Props {
  params: Promise<{ code: string }>;
}

type Found =
  | { kind: "code"; entry: ErrorEntry }
  | { kind: "status"; status: number; entries: ErrorEntry[]; page: StatusPage | null };

/** By code, or by status for those who only see a number. */
async function find(code: string): Promise<Found | null> {
  const entries = await listEntries();
  const entry = entries.find((one) => one.code === code);
  if (entry) return { kind: "code", entry };
  const withStatus = entries.filter(
    ({ status, anthropic }) => code === `${status}` || code === `${anthropic.status}`,
  );
  const page = isStatusPage(code) ? code : null;
  return withStatus.length > 0 || page
    ? { kind: "status", status: Number(code), entries: withStatus, page }
    : null;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, found] = await Promise.all([getTranslations("site"), params.then(({ code }) => find(code))]);
  if (!found) return {};
  if (found.kind === "status") {
    if (!found.page) return { title: t("errors.statusTitle", { status: `${found.status}` }) };
    const [words, { fill }] = await Promise.all([getTranslations("docs.statuses"), loadDocFacts()]);
    return {
      title: words(`${found.page}.title`),
      description: fill(words.raw(`${found.page}.sentence`) as string),
    };
  }
  return { title: found.entry.code, description: found.entry.meaning };
}

export default async function ErrorPage({ params }: Props) {
  const [t, found] = await Promise.all([getTranslations("site"), params.then(({ code }) => find(code))]);
  if (!found) notFound();
  const back = (
    <Link href="/docs/errors" className="link -mb-4 justify-self-start">
      {t("errors.all")}
    </Link>
  );
  if (found.kind === "status") {
    const [words, facts] = await Promise.all([getTranslations("docs"), loadDocFacts()]);
    const title = found.page
      ? words(`statuses.${found.page}.title`)
      : t("errors.statusTitle", { status: `${found.status}` });
    const sentence = found.page
      ? facts.fill(words.raw(`statuses.${found.page}.sentence`) as string)
      : t("errors.statusSentence");
    return (
      <Page narrow className="max-w-6xl lg:px-6">
        {back}
        <PageHeader title={title} sentence={sentence} />
        {found.page ? (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
            <DocBody blocks={parseBody(words.raw(`statuses.${found.page}.body`) as string[])} facts={facts} />
          </div>
        ) : null}
        {found.entries.length > 0 ? (
          <Section title={words("errorsPage.codes")}>
            <ErrorTable entries={found.entries} />
          </Section>
        ) : null}
        {[402, 403].includes(found.status) ? <QuotaNote /> : null}
      </Page>
    );
  }
  const { entry } = found;
  return (
    <Page narrow className="max-w-6xl lg:px-6">
      {back}
      <PageHeader
        title={entry.title}
        sentence={
          <span className="mt-1 flex flex-wrap gap-1.5">
            <Badge>{entry.status}</Badge>
            <Badge className="num">{entry.code}</Badge>
          </span>
        }
      />
      <ErrorArticle entry={entry} />
    </Page>
  );
}

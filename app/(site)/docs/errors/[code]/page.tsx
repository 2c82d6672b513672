import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Page } from "@/components/data/page";
import { PageHeader } from "@/components/data/page-header";
import { Badge } from "@/components/ui/badge";
import { ErrorArticle, QuotaNote } from "../_parts/error-article";
import { ErrorTable } from "../_parts/error-table";
import { type ErrorEntry, listEntries } from "../_parts/find-entry";

interface Props {
  params: Promise<{ code: string }>;
}

type Found = { kind: "code"; entry: ErrorEntry } | { kind: "status"; status: number; entries: ErrorEntry[] };

/** By code, or by status for those who only see a number. */
async function find(code: string): Promise<Found | null> {
  const entries = await listEntries();
  const entry = entries.find((one) => one.code === code);
  if (entry) return { kind: "code", entry };
  const withStatus = entries.filter(
    ({ status, anthropic }) => code === `${status}` || code === `${anthropic.status}`,
  );
  return withStatus.length > 0 ? { kind: "status", status: Number(code), entries: withStatus } : null;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, found] = await Promise.all([getTranslations("site"), params.then(({ code }) => find(code))]);
  if (!found) return {};
  if (found.kind === "status") return { title: t("errors.statusTitle", { status: `${found.status}` }) };
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
    return (
      <Page narrow className="max-w-6xl lg:px-6">
        {back}
        <PageHeader
          title={t("errors.statusTitle", { status: `${found.status}` })}
          sentence={t("errors.statusSentence")}
        />
        <ErrorTable entries={found.entries} />
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

import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { findClient } from "@/lib/clients/catalogue";
import { DocFrame } from "../../_parts/doc-frame";
import { loadDocFacts } from "../../_parts/load-doc-facts";
import { listEntries } from "../../errors/_parts/find-entry";
import { ClientErrors } from "./_parts/client-errors";
import { ClientFaq } from "./_parts/client-faq";
import { ClientIntro } from "./_parts/client-intro";
import { ClientNotes } from "./_parts/client-notes";
import { ClientSteps } from "./_parts/client-steps";

interface ClientPageProps {
  params: Promise<{ slug: string }>;
}

export async function generateMetadata({ params }: ClientPageProps): Promise<Metadata> {
  const client = findClient((await params).slug);
  if (!client) return {};
  const [t, { fill }] = await Promise.all([getTranslations("docs.client"), loadDocFacts()]);
  return {
    title: t("metaTitle", { client: client.name }),
    description: t("metaDescription", {
      client: client.name,
      address: client.asks.address,
      value: fill(client.asks.value),
    }),
  };
}

const PARTS = [
  "short",
  "forWhom",
  "before",
  "steps",
  "model",
  "mistakes",
  "version",
  "errors",
  "faq",
] as const;

/** The public guide of a client, made from the same entry as its setup page. */
export default async function ClientDocPage({ params }: ClientPageProps) {
  const client = findClient((await params).slug);
  if (!client) notFound();
  const [t, facts, entries] = await Promise.all([
    getTranslations("docs.client"),
    loadDocFacts(),
    listEntries(),
  ]);
  return (
    <DocFrame
      title={t("title", { client: client.name, host: facts.host })}
      sentence={client.what}
      contents={PARTS.map((id) => ({ id, text: t(id) }))}
      facts={facts}
    >
      <ClientIntro client={client} facts={facts} />
      <ClientSteps client={client} facts={facts} />
      <ClientNotes client={client} facts={facts} />
      <ClientErrors client={client} entries={entries} />
      <ClientFaq client={client} facts={facts} />
    </DocFrame>
  );
}

import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/shell/client-messages";
import { Crumb } from "@/components/shell/crumb";
import { requireUser } from "@/lib/auth/session";
import { findClient } from "@/lib/clients/catalogue";
import { loadSetup } from "../_parts/load-setup";
import { SetupGuide } from "./_parts/setup-guide";

interface SetupPageProps {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: SetupPageProps): Promise<Metadata> {
  const client = findClient((await params).slug);
  if (!client) return {};
  return { title: (await getTranslations("setup"))("page.title", { client: client.name }) };
}

/** One client, step by step. `?key=`, `?model=` and `?tab=` are ids and names; a secret never stands in a URL. */
export default async function ClientSetupPage({ params, searchParams }: SetupPageProps) {
  const user = await requireUser();
  const { slug } = await params;
  const client = findClient(slug);
  if (!client) notFound();
  const state = await loadSetup(user);
  const { key, model, tab } = await searchParams;
  return (
    <ClientMessages areas={["setup"]}>
      <Crumb label={client.name} />
      <SetupGuide slug={slug} state={state} wanted={{ key: one(key), model: one(model), tab: one(tab) }} />
    </ClientMessages>
  );
}

function one(value: string | string[] | undefined): string | null {
  return typeof value === "string" ? value : null;
}

import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Page } from "@/components/data/page";
import { PageHeader } from "@/components/data/page-header";
import { LinkButton } from "@/components/ui/button";
import { CallStatus } from "../../_calls/call-status";
import { CallStory } from "../../_calls/call-story";
import { openCall } from "../../_calls/opened-call";

interface Props {
  params: Promise<{ requestId: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("logs");
  return { title: t("call.title") };
}

export default async function CallPage({ params }: Props) {
  const [t, opened] = await Promise.all([getTranslations("logs"), openCall(params)]);
  const { modelId, outcome, httpStatus } = opened.call;
  return (
    <Page narrow className="gap-6">
      <PageHeader
        title={<span className="break-all">{modelId}</span>}
        sentence={<CallStatus outcome={outcome} httpStatus={httpStatus} full />}
        action={<LinkButton href="/logs">{t("call.close")}</LinkButton>}
      />
      <CallStory {...opened} />
    </Page>
  );
}

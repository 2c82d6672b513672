import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { DocBody } from "../../_parts/doc-body";
import { DocFrame } from "../../_parts/doc-frame";
import { loadDocFacts } from "../../_parts/load-doc-facts";
import { parseBody } from "../../_parts/parse-body";
import { isGuide } from "../_parts/guide-slugs";

interface GuidePageProps {
  params: Promise<{ slug: string }>;
}

export async function generateMetadata({ params }: GuidePageProps): Promise<Metadata> {
  const { slug } = await params;
  if (!isGuide(slug)) return {};
  const t = await getTranslations("docs.guides");
  return { title: t(`${slug}.title`), description: t(`${slug}.description`) };
}

export default async function GuidePage({ params }: GuidePageProps) {
  const { slug } = await params;
  if (!isGuide(slug)) notFound();
  const [t, facts] = await Promise.all([getTranslations("docs.guides"), loadDocFacts()]);
  const blocks = parseBody(t.raw(`${slug}.body`) as string[]);
  const contents = blocks.flatMap((block) =>
    block.kind === "heading" ? [{ id: block.id, text: facts.fill(block.text) }] : [],
  );
  return (
    <DocFrame
      title={t(`${slug}.title`)}
      sentence={t(`${slug}.description`)}
      contents={contents}
      facts={facts}
    >
      <DocBody blocks={blocks} facts={facts} />
    </DocFrame>
  );
}

import { getTranslations } from "next-intl/server";
import { Section } from "@/components/data/section";

const TERMS = ["reserve", "settle", "empty", "cut", "failed", "debt"] as const;

/** In words: what a call costs, when, and what it never costs. */
export async function HowCharged() {
  const t = await getTranslations("credits.how");
  return (
    <Section id="how" title={t("title")} sentence={t("sentence")}>
      <dl className="grid gap-x-8 gap-y-4 rounded-lg border bg-raised p-4 md:grid-cols-2 wide:grid-cols-3">
        {TERMS.map((term) => (
          <div key={term} className="grid content-start gap-0.5">
            <dt className="font-medium">{t(`${term}.name`)}</dt>
            <dd className="max-w-prose text-ink-2">{t(`${term}.text`)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

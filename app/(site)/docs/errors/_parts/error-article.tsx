import { useTranslations } from "next-intl";
import { CopyBlock } from "@/components/data/copy-block";
import { Section } from "@/components/data/section";
import { Alert } from "@/components/ui/alert";
import type { ErrorEntry } from "./find-entry";
import { InlineCode } from "./inline-code";

/** One code: when, what it means for the money, what to do, how it looks. */
export function ErrorArticle({ entry }: { entry: ErrorEntry }) {
  const t = useTranslations("site");
  return (
    <>
      <Section title={t("errors.meaning")}>
        <p className="max-w-prose text-site">
          <InlineCode text={entry.meaning} />
        </p>
      </Section>
      <Alert
        tone={entry.money.startsWith("Nothing was charged.") ? "good" : "info"}
        title={t("errors.money")}
      >
        <InlineCode text={entry.money} />
      </Alert>
      <Section title={t("errors.steps")}>
        <ol className="grid max-w-prose list-decimal gap-2 pl-5 text-site marker:text-ink-3">
          {entry.steps.map((step) => (
            <li key={step} className="pl-1">
              <InlineCode text={step} />
            </li>
          ))}
        </ol>
      </Section>
      {entry.code === "insufficient_quota" ? <QuotaNote /> : null}
      <Section title={t("errors.looks")}>
        <CopyBlock code={entry.example} title={`HTTP ${entry.status}`} wrap />
        <p className="max-w-prose text-ink-2">
          {entry.permanent
            ? t.rich("errors.permanent", {
                code: (text) => (
                  <code className="num break-words rounded-xs bg-ink/6 px-1 text-[0.92em]">{text}</code>
                ),
              })
            : t("errors.transient")}{" "}
          <InlineCode
            text={t("errors.anthropic", {
              status: entry.anthropic.status,
              type: `\`${entry.anthropic.type}\``,
            })}
          />
        </p>
      </Section>
    </>
  );
}

/** Why two dialects answer missing credit with different statuses. */
export function QuotaNote() {
  const t = useTranslations("site");
  return (
    <Section title={t("errors.quotaTitle")}>
      <p className="max-w-prose text-ink-2">
        <InlineCode text={t("errors.quotaText")} />
      </p>
    </Section>
  );
}

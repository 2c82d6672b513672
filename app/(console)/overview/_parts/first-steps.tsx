import Link from "next/link";
import { useTranslations } from "next-intl";
import { Section } from "@/components/data/section";
import type { FirstSteps as Steps } from "@/lib/usage/overview";
import { countDone, nextStep, STEPS } from "./step-list";
import { StepMark } from "./step-mark";

/** What is still missing, once calls are being made: a short list that ticks itself. */
export function FirstSteps({ steps }: { steps: Steps }) {
  const t = useTranslations("overview");
  const next = nextStep(steps);
  return (
    <Section
      title={t("steps.title")}
      action={
        <span className="num text-ink-3 text-xs">
          {t("steps.count", { done: countDone(steps), all: STEPS.length })}
        </span>
      }
    >
      <ol className="grid gap-2">
        {STEPS.map(({ name, href }, at) => (
          <li key={name} className="flex items-center gap-2">
            <StepMark done={steps[name]} next={next?.name === name} at={at + 1} />
            {steps[name] ? (
              <span className="text-ink-3">
                {t(`steps.${name}`)} <span className="sr-only">{t("steps.done")}</span>
              </span>
            ) : (
              <Link href={href} className="link">
                {t(`steps.${name}`)}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}

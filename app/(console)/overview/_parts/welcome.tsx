import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { CopyBlock } from "@/components/data/copy-block";
import { Section } from "@/components/data/section";
import { LinkButton } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { firstCallExample } from "@/lib/usage/first-call-example";
import type { FirstSteps } from "@/lib/usage/overview";
import { countDone, nextStep, STEPS } from "./step-list";
import { StepMark } from "./step-mark";

/** A new person's overview: five steps, of which one is next. */
export async function Welcome({ steps, live }: { steps: FirstSteps; live: ReactNode }) {
  const [t, example] = await Promise.all([getTranslations("overview"), firstCallExample()]);
  const next = nextStep(steps);
  return (
    <Section
      title={t("steps.title")}
      sentence={t("steps.welcomeSentence")}
      action={
        <>
          <span className="num text-ink-3 text-xs">
            {t("steps.count", { done: countDone(steps), all: STEPS.length })}
          </span>
          {live}
        </>
      }
    >
      <ol className="overflow-hidden rounded-lg border bg-raised">
        {STEPS.map(({ name, href }, at) => {
          const done = steps[name];
          const current = next?.name === name;
          return (
            <li
              key={name}
              {...(current ? { "aria-current": "step" as const } : {})}
              className={cn("border-b px-4 py-3 last:border-b-0", current && "bg-accent-soft/50 py-4")}
            >
              <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
                <StepMark done={done} next={current} at={at + 1} />
                <div className="min-w-0 flex-1 basis-52">
                  <p className={cn(current ? "font-medium" : "", done && "text-ink-3")}>
                    {t(`steps.${name}`)} {done ? <span className="sr-only">{t("steps.done")}</span> : null}
                  </p>
                  {current ? <p className="mt-0.5 text-ink-2">{t(`steps.${name}Text`)}</p> : null}
                </div>
                {current ? (
                  <LinkButton href={href} variant="primary" className="max-sm:ml-8">
                    {t(`steps.${name}Action`)}
                  </LinkButton>
                ) : null}
              </div>
              {current && (name === "called" || name === "clientSetUp") ? (
                <CopyBlock title={t("firstCall")} code={example} className="mt-4 sm:ml-8" />
              ) : null}
            </li>
          );
        })}
      </ol>
    </Section>
  );
}

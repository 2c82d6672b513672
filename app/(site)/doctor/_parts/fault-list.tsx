"use client";

import { CircleAlert, Info } from "lucide-react";
import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/data/copy-button";
import { cn } from "@/components/ui/cn";
import { faultWords } from "@/lib/doctor/fault-words";
import type { Fault } from "@/lib/doctor/types";

/** Each fault with its cause, where it stands, and the right value to copy. */
export function FaultList({ faults }: { faults: readonly Fault[] }) {
  const t = useTranslations("doctor");
  if (faults.length === 0) return null;
  return (
    <ol className="grid grid-cols-[minmax(0,1fr)] gap-3" data-testid="faults">
      {faults.map((fault) => {
        const words = faultWords(fault);
        const bad = fault.level === "fault";
        const Icon = bad ? CircleAlert : Info;
        return (
          <li
            key={`${fault.cause} ${fault.where} ${fault.found} ${fault.values.model}`}
            data-cause={fault.cause}
            className="flex gap-3 rounded-lg border bg-raised p-3"
          >
            <Icon
              aria-hidden="true"
              className={cn("mt-0.5 size-4 shrink-0", bad ? "text-danger-text" : "text-ink-3")}
            />
            <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
              <p className="font-medium">{t(`faults.${fault.cause}.title`, words)}</p>
              <p className="mt-0.5 text-ink-2">{t(`faults.${fault.cause}.text`, words)}</p>
              {fault.found || fault.fixed ? (
                <dl className="mt-2 grid gap-1 text-xs">
                  {fault.found ? (
                    <Row term={fault.where ?? t("found")}>
                      <code className="num break-all">{fault.found}</code>
                    </Row>
                  ) : null}
                  {fault.fixed ? (
                    <Row term={t("right")}>
                      <code className="num break-all text-accent-text">{fault.fixed}</code>
                      {fault.fixed.includes("…") ? null : <CopyButton text={fault.fixed} what={t("right")} />}
                    </Row>
                  ) : null}
                </dl>
              ) : null}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function Row({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div className="grid items-center gap-x-3 sm:grid-cols-[11rem_minmax(0,1fr)]">
      <dt className="num break-all text-ink-3">{term}</dt>
      <dd className="flex min-h-7 min-w-0 items-center gap-1">{children}</dd>
    </div>
  );
}

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { RelativeTime } from "@/components/data/relative-time";
import { cn } from "@/components/ui/cn";
import { Progress } from "@/components/ui/progress";
import { isEveryone } from "@/lib/keys/ip-range";
import { NEAR_LIMIT_SHARE } from "@/lib/keys/list-choices";
import { allowsModel, hasStar, matchesModel } from "@/lib/keys/model-patterns";
import type { KeyView } from "@/lib/keys/types";
import { formatUsd } from "@/lib/money";
import { keyGauges } from "../../_parts/key-gauges";

const SPAN = { day: "periodDay", week: "periodWeek", month: "periodMonth", total: "total" } as const;

/** A key's limits in full: budgets as bars with their next start, the others as they are. */
export function KeyLimitList({ view, modelIds }: { view: KeyView; modelIds: readonly string[] }) {
  const t = useTranslations("tokens");
  const { limits } = view;
  const gauges = keyGauges(view);
  const facts: { label: string; value: ReactNode; wide: boolean }[] = [];
  const add = (label: Parameters<typeof t>[0], value: ReactNode, wide = false) =>
    facts.push({ label: t(label), value, wide });
  if (limits.maxRequestNano !== null)
    add("key.maxRequest", <Figure>{formatUsd(limits.maxRequestNano)}</Figure>);
  if (limits.requestsPerMinute !== null) {
    add("field.requestsPerMinute", <Figure>{limits.requestsPerMinute.toLocaleString("en")}</Figure>);
  }
  if (limits.tokensPerMinute !== null) {
    add("field.tokensPerMinute", <Figure>{limits.tokensPerMinute.toLocaleString("en")}</Figure>);
  }
  if (limits.maxParallel !== null)
    add("field.maxParallel", <Figure>{limits.maxParallel.toLocaleString("en")}</Figure>);
  if (limits.expiresAt) add("field.expiresAt", <RelativeTime at={limits.expiresAt} />);
  if (limits.models.length > 0) {
    const fits = (entry: string) => modelIds.filter((id) => matchesModel(entry, id)).length;
    const lines = limits.models.map((entry) => ({
      text: entry,
      note: hasStar(entry) ? t("models.fitsNow", { count: fits(entry) }) : "",
    }));
    const allowed = modelIds.filter((id) => allowsModel(limits.models, id)).length;
    const summary = t("models.some", { allowed, total: modelIds.length });
    add("models.label", <Lines lines={lines} summary={summary} />, true);
  }
  if (limits.ipRanges.length > 0) {
    const lines = limits.ipRanges.map((range) => ({
      text: range,
      note: isEveryone(range) ? t("key.everyone") : "",
    }));
    add("field.ipRanges", <Lines lines={lines} />, true);
  }
  if (gauges.length + facts.length === 0) return <p className="text-ink-2">{t("key.noLimits")}</p>;
  return (
    <div className="grid gap-4 rounded-lg border bg-raised p-4">
      {gauges.map((gauge) => {
        const amounts = { spent: formatUsd(gauge.spentNano), limit: formatUsd(gauge.limitNano) };
        return (
          <div key={gauge.span} className="grid gap-1.5">
            <div className="flex flex-wrap justify-between gap-x-4">
              <span>
                <span className="num">{t("key.spentOf", amounts)}</span> {t(`limit.${SPAN[gauge.span]}`)}
              </span>
              <span className="text-ink-3 text-xs">
                {gauge.heldNano > 0n ? `${t("key.held", { held: formatUsd(gauge.heldNano) })} · ` : null}
                {gauge.endsAt ? (
                  <>
                    {t("key.resets")} <RelativeTime at={gauge.endsAt} />
                  </>
                ) : null}
              </span>
            </div>
            <Progress
              value={gauge.share}
              label={t("limit.gauge", amounts)}
              soonAt={NEAR_LIMIT_SHARE}
              className="h-1.5"
            />
          </div>
        );
      })}
      {facts.length > 0 ? (
        <dl className="grid gap-x-8 gap-y-2 sm:grid-cols-2">
          {facts.map(({ label, value, wide }) => (
            <div key={label} className={cn("flex min-w-0 justify-between gap-4", wide && "sm:col-span-2")}>
              <dt className="text-ink-2">{label}</dt>
              <dd className="min-w-0 text-right">{value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </div>
  );
}

function Figure({ children }: { children: ReactNode }) {
  return <span className="num">{children}</span>;
}

function Lines({ lines, summary }: { lines: readonly { text: string; note: string }[]; summary?: string }) {
  return (
    <div className="text-xs">
      {summary ? <p className="text-ink-2">{summary}</p> : null}
      <ul className="max-h-40 overflow-y-auto">
        {lines.map(({ text, note }) => (
          <li key={text}>
            <span className="num break-all">{text}</span>
            {note ? <span className="ml-2 text-ink-3">{note}</span> : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

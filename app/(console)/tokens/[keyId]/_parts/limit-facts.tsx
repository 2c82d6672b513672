import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { RelativeTime } from "@/components/data/relative-time";
import { isEveryone } from "@/lib/keys/ip-range";
import { allowsModel, hasStar, matchesModel } from "@/lib/keys/model-patterns";
import type { KeyLimits } from "@/lib/keys/types";
import { formatUsd } from "@/lib/money";

/** More lines than this scroll by themselves. */
const SCROLLS_FROM = 9;

/** The limits that are no budgets; nothing where there are none. `modelIds`: what patterns are held against. */
export function LimitFacts({ limits, modelIds }: { limits: KeyLimits; modelIds: readonly string[] }) {
  const t = useTranslations("tokens");
  const { maxRequestNano, requestsPerMinute, tokensPerMinute, maxParallel, expiresAt, models, ipRanges } =
    limits;
  const count = (value: number | null) =>
    value === null ? null : <span className="num">{value.toLocaleString("en")}</span>;
  const allowed = modelIds.filter((id) => allowsModel(models, id)).length;
  const fits = (entry: string) => modelIds.filter((id) => matchesModel(entry, id)).length;
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 empty:hidden sm:grid-cols-3 lg:grid-cols-5">
      <Fact label={t("key.maxRequest")}>
        {maxRequestNano === null ? null : <span className="num">{formatUsd(maxRequestNano)}</span>}
      </Fact>
      <Fact label={t("field.requestsPerMinute")}>{count(requestsPerMinute)}</Fact>
      <Fact label={t("field.tokensPerMinute")}>{count(tokensPerMinute)}</Fact>
      <Fact label={t("field.maxParallel")}>{count(maxParallel)}</Fact>
      <Fact label={t("field.expiresAt")}>{expiresAt ? <RelativeTime at={expiresAt} /> : null}</Fact>
      <Fact label={`${t("models.label")}: ${t("models.some", { allowed, total: modelIds.length })}`} wide>
        {models.length === 0 ? null : (
          <Lines
            label={t("models.label")}
            lines={models.map((entry) => ({
              text: entry,
              note: hasStar(entry) ? t("models.fitsNow", { count: fits(entry) }) : "",
            }))}
          />
        )}
      </Fact>
      <Fact label={t("field.ipRanges")} wide>
        {ipRanges.length === 0 ? null : (
          <Lines
            label={t("field.ipRanges")}
            lines={ipRanges.map((range) => ({
              text: range,
              note: isEveryone(range) ? t("key.everyone") : "",
            }))}
          />
        )}
      </Fact>
    </dl>
  );
}

function Fact({ label, wide = false, children }: { label: string; wide?: boolean; children: ReactNode }) {
  if (children === null) return null;
  return (
    <div className={wide ? "col-span-2 min-w-0 sm:col-span-3 lg:col-span-2" : "min-w-0"}>
      <dt className="text-ink-3 text-xs">{label}</dt>
      <dd className="mt-0.5">{children}</dd>
    </div>
  );
}

function Lines({ label, lines }: { label: string; lines: readonly { text: string; note: string }[] }) {
  const scrolls = lines.length >= SCROLLS_FROM;
  return (
    <ul
      className="max-h-40 overflow-y-auto text-xs"
      {...(scrolls ? { tabIndex: 0, "aria-label": label } : {})}
    >
      {lines.map(({ text, note }) => (
        <li key={text}>
          <span className="num break-all">{text}</span>
          {note ? <span className="ml-2 text-ink-3">{note}</span> : null}
        </li>
      ))}
    </ul>
  );
}

import Link from "next/link";
import { useTranslations } from "next-intl";
import { Money } from "@/components/data/money";
import { Section } from "@/components/data/section";
import { REST_GROUP, type UsageGroup } from "@/lib/usage/summarize-usage";
import { ModelName } from "../../_calls/model-name";

const SHOWN = 5;

/** What most was spent on or with, each a way to the usage page narrowed down to it. */
export function TopList({
  title,
  by,
  groups,
  range,
}: {
  title: string;
  by: "model" | "key";
  groups: readonly UsageGroup[];
  /** The preset that the page shows. */
  range: string;
}) {
  const t = useTranslations("overview");
  const top = groups.filter(({ id, sums }) => id !== REST_GROUP && sums.costNano > 0n).slice(0, SHOWN);
  const most = top[0]?.sums.costNano ?? 1n;
  return (
    <Section
      title={title}
      action={
        <Link
          href={`/usage?by=${by}&range=${range}`}
          className="rounded-sm font-medium text-accent-text text-xs hover:underline"
        >
          {t("topMore")}
        </Link>
      }
    >
      {top.length === 0 ? (
        <p className="text-ink-3">{t("topEmpty")}</p>
      ) : (
        <ol className="overflow-hidden rounded-lg border bg-raised">
          {top.map(({ id, name, sums }) => (
            <li key={id} className="relative border-b px-4 py-2 last:border-b-0 hover:bg-ink/3">
              <span
                aria-hidden="true"
                className="absolute inset-y-0 left-0 bg-accent-soft/60"
                style={{ width: `${Number((sums.costNano * 100n) / most)}%` }}
              />
              <Link
                href={`/usage?${new URLSearchParams({ [by]: id, range })}`}
                className="relative flex items-center gap-3 after:absolute after:-inset-x-4 after:-inset-y-2"
              >
                <span className="min-w-0 flex-1">
                  {by === "model" ? <ModelName id={name} /> : <span className="block truncate">{name}</span>}
                </span>
                <Money nano={sums.costNano} />
              </Link>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

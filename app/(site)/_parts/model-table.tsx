import { ShieldCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/data/copy-button";
import { DataTable } from "@/components/data/data-table";
import { Price } from "@/components/data/price";
import { Tokens } from "@/components/data/tokens";
import { Badge } from "@/components/ui/badge";
import type { PublicModel } from "@/lib/catalog/list-public-models";
import type { Health } from "@/lib/usage/model-health";
import { ModelHealth } from "./model-health";

const ABILITIES = ["tools", "vision", "reasoning", "structuredOutput", "promptCache"] as const;

/** Models with their prices, as the gateway charges them. */
export function ModelTable({
  models,
  health,
}: {
  models: readonly PublicModel[];
  /** How each did lately, by model id; without it there is no such column. */
  health?: ReadonlyMap<string, Health>;
}) {
  const t = useTranslations("site");
  return (
    <DataTable
      caption={t("models.title")}
      rows={models}
      rowKey={({ id }) => id}
      columns={[
        {
          id: "model",
          header: t("models.model"),
          cell: ({ id, displayName, privacy }) => (
            <div className="min-w-40">
              <p className="flex items-center gap-1.5 font-medium">
                {displayName}
                {privacy ? (
                  <ShieldCheck
                    role="img"
                    aria-label={t("models.privacy")}
                    className="size-4 text-accent-text"
                  />
                ) : null}
              </p>
              <p className="flex items-center gap-1">
                <code className="num break-all text-ink-2 text-xs">{id}</code>
                <CopyButton text={id} what={id} className="-my-1" />
              </p>
            </div>
          ),
        },
        {
          id: "can",
          header: t("models.can"),
          from: "md",
          cell: (model) => (
            <span className="flex flex-wrap gap-1">
              {ABILITIES.filter((ability) => model[ability]).map((ability) => (
                <Badge key={ability}>{t(`models.${ability}`)}</Badge>
              ))}
            </span>
          ),
        },
        {
          id: "context",
          header: t("models.context"),
          numeric: true,
          from: "sm",
          cell: ({ contextTokens }) => <Tokens count={contextTokens} />,
        },
        ...(health
          ? [
              {
                id: "health",
                header: t("models.health"),
                from: "md" as const,
                cell: ({ id }: PublicModel) => <ModelHealth health={health.get(id)} />,
              },
            ]
          : []),
        {
          id: "input",
          header: t("models.input"),
          numeric: true,
          cell: ({ inputPico }) => <Price pico={inputPico} />,
        },
        {
          id: "cached",
          header: t("models.cached"),
          numeric: true,
          from: "lg",
          cell: ({ cachedInputPico }) => <Price pico={cachedInputPico} />,
        },
        {
          id: "output",
          header: t("models.output"),
          numeric: true,
          cell: ({ outputPico }) => <Price pico={outputPico} />,
        },
      ]}
    />
  );
}

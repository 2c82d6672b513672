"use client";

import { Search, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import { Spinner } from "@/components/ui/spinner";
import { RANGE_PRESETS, type RangeProblem } from "@/lib/usage/parse-range";
import { FilterSelect } from "./filter-select";
import { MoreFilters } from "./more-filters";
import { type PageQuery, queryHref } from "./query-href";
import { RangeDays } from "./range-days";

const STATUSES = [
  "ok",
  "failed",
  "cut",
  "cancelled",
  "upstream_error",
  "refused",
  "empty",
  "interrupted",
] as const;
const ANY = "any";
const FILTERS = ["key", "model", "status", "client", "dialect", "cost", "took", "request"] as const;

/** Narrows a page of calls down; every choice is a link, so that the URL says what is shown. */
export function FilterBar({
  path,
  query,
  range,
  rangeProblem,
  models,
  keys,
  clients,
  zones,
  problem = null,
  withRequest = false,
}: {
  path: string;
  /** What the URL says now; a page's cursor is not among it. */
  query: PageQuery;
  /** What is shown: a preset or `custom`, and its days. */
  range: { choice: string; fromDay: string; toDay: string; zone: string };
  rangeProblem: RangeProblem | null;
  models: string[];
  keys: { id: string; name: string }[];
  clients: string[];
  /** The zones that days may begin in. */
  zones: string[];
  /** Which filter could not be understood. */
  problem?: string | null;
  /** Of single calls: also offers their least cost and duration, and to find one request id. */
  withRequest?: boolean;
}) {
  const t = useTranslations("logs");
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [customOpen, setCustomOpen] = useState(false);
  const custom = customOpen || range.choice === "custom" || rangeProblem !== null;

  function go(changes: Record<string, string | null>) {
    startTransition(() => router.push(queryHref(path, query, changes), { scroll: false }));
  }

  function onRange(choice: string) {
    setCustomOpen(choice === "custom");
    if (choice !== "custom") go({ range: choice, from: null, to: null });
  }

  const filtered = FILTERS.some((name) => query[name]);
  return (
    <search aria-label={t("filters")} className="grid gap-2">
      <div className="grid grid-cols-2 items-center gap-2 sm:flex sm:flex-wrap">
        <FilterSelect
          label={t("filter.range")}
          value={custom ? "custom" : range.choice}
          onChange={onRange}
          choices={[...RANGE_PRESETS, "custom" as const].map((name) => ({
            value: name,
            label: t(`range.${name}`),
          }))}
        />
        <FilterSelect
          label={t("filter.model")}
          value={query.model ?? ANY}
          onChange={(model) => go({ model: model === ANY ? null : model })}
          choices={withCurrent(
            [
              { value: ANY, label: t("filter.allModels") },
              ...models.map((model) => ({ value: model, label: model })),
            ],
            query.model,
          )}
        />
        <FilterSelect
          label={t("filter.key")}
          value={query.key ?? ANY}
          onChange={(key) => go({ key: key === ANY ? null : key })}
          choices={withCurrent(
            [
              { value: ANY, label: t("filter.allKeys") },
              ...keys.map((key) => ({ value: key.id, label: key.name })),
            ],
            query.key,
          )}
        />
        <FilterSelect
          label={t("filter.status")}
          value={STATUSES.find((name) => name === query.status) ?? ANY}
          onChange={(status) => go({ status: status === ANY ? null : status })}
          choices={[
            { value: ANY, label: t("filter.allStatus") },
            ...STATUSES.map((name) => ({ value: name, label: t(`status.${name}`) })),
          ]}
        />
        <FilterSelect
          label={t("filter.client")}
          value={query.client ?? ANY}
          onChange={(client) => go({ client: client === ANY ? null : client })}
          choices={withCurrent(
            [
              { value: ANY, label: t("filter.allClients") },
              ...clients.map((client) => ({ value: client, label: client })),
            ],
            query.client,
          )}
        />
        <MoreFilters
          key={`${query.dialect} ${query.zone} ${query.cost} ${query.took}`}
          query={query}
          zone={range.zone}
          zones={zones}
          withAmounts={withRequest}
          problem={problem}
          onShow={go}
        />
        {withRequest ? (
          <form
            key={query.request ?? ""}
            className="col-span-2 flex gap-2 sm:w-64"
            action={(form) => go({ request: String(form.get("request") ?? "").trim() || null })}
          >
            <Input
              name="request"
              aria-label={t("filter.request")}
              placeholder={t("filter.requestPlaceholder")}
              defaultValue={query.request ?? ""}
              maxLength={200}
              autoComplete="off"
              spellCheck={false}
              className="num"
            />
            <Button type="submit" size="icon" aria-label={t("filter.find")} className="max-sm:size-9">
              <Search aria-hidden="true" />
            </Button>
          </form>
        ) : null}
        {filtered ? (
          <Button
            variant="ghost"
            className="justify-self-start"
            onClick={() => go(Object.fromEntries(FILTERS.map((name) => [name, null])))}
          >
            <X aria-hidden="true" />
            {t("filter.clear")}
          </Button>
        ) : null}
        <Spinner
          className={cn("transition-opacity delay-150 max-sm:hidden", pending ? "opacity-100" : "opacity-0")}
        />
      </div>
      {custom ? (
        <RangeDays
          key={`${range.fromDay} ${range.toDay} ${query.from ?? ""} ${query.to ?? ""}`}
          from={query.from ?? range.fromDay}
          to={query.to ?? range.toDay}
          problem={rangeProblem}
          onShow={(from, to) => go({ range: "custom", from, to })}
        />
      ) : null}
    </search>
  );
}

/** A filter that the URL names stays visible, even when nothing of it was called in this time. */
function withCurrent(choices: { value: string; label: string }[], current: string | undefined) {
  if (!current || choices.some(({ value }) => value === current)) return choices;
  return [...choices, { value: current, label: current }];
}

"use client";

import { SlidersHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { FieldError } from "@/components/form/field";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { CONTROL, Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import type { PageQuery } from "./query-href";

const DIALECTS = ["chat", "completions", "responses", "messages", "embeddings"] as const;

/** The filters that are seldom wanted, and the zone in which days begin. What was refused is kept, with why beside it. */
export function MoreFilters({
  query,
  zone,
  zones,
  withAmounts,
  problem,
  onShow,
}: {
  query: PageQuery;
  zone: string;
  zones: string[];
  /** Also offers the least cost and duration of a call. */
  withAmounts: boolean;
  problem: string | null;
  onShow: (changes: Record<string, string | null>) => void;
}) {
  const t = useTranslations("logs");
  const id = useId();
  const [open, setOpen] = useState(false);
  const names = ["dialect", "zone", ...(withAmounts ? ["cost", "took"] : [])];
  const count = names.filter((name) => query[name]).length;
  const choices = zones.includes(zone) ? zones : [zone, ...zones];
  const select = cn(CONTROL, "h-9 max-sm:text-site sm:h-8");

  function onSubmit(form: FormData) {
    setOpen(false);
    onShow(
      Object.fromEntries(
        names.map((name) => [
          name,
          String(form.get(name) ?? "")
            .trim()
            .replace(/^\$/, "") || null,
        ]),
      ),
    );
  }

  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button variant="secondary" className="max-sm:h-9 max-sm:justify-start">
          <SlidersHorizontal aria-hidden="true" />
          {count > 0 ? t("filter.moreCount", { count }) : t("filter.more")}
        </Button>
      </PopoverTrigger>
      <PopoverContent align="start" aria-label={t("filter.more")}>
        <form action={onSubmit} className="grid gap-3">
          <div className="grid gap-1">
            <Label htmlFor={`${id}-dialect`}>{t("filter.dialect")}</Label>
            <select id={`${id}-dialect`} name="dialect" defaultValue={query.dialect ?? ""} className={select}>
              <option value="">{t("filter.allDialects")}</option>
              {DIALECTS.map((name) => (
                <option key={name} value={name}>
                  {t(`dialect.${name}`)}
                </option>
              ))}
            </select>
          </div>
          {withAmounts
            ? (["cost", "took"] as const).map((name) => (
                <div key={name} className="grid gap-1">
                  <Label htmlFor={`${id}-${name}`}>{t(`filter.${name}`)}</Label>
                  <Input
                    id={`${id}-${name}`}
                    name={name}
                    inputMode="decimal"
                    defaultValue={query[name] ?? ""}
                    placeholder={name === "cost" ? "0.05" : "2.5"}
                    autoComplete="off"
                    maxLength={20}
                    {...(problem === name
                      ? { "aria-invalid": true as const, "aria-describedby": `${id}-${name}-problem` }
                      : {})}
                  />
                  <FieldError
                    id={`${id}-${name}-problem`}
                    error={problem === name ? t(`filterProblem.${name}`) : undefined}
                  />
                </div>
              ))
            : null}
          <div className="grid gap-1">
            <Label htmlFor={`${id}-zone`}>{t("filter.zone")}</Label>
            <select id={`${id}-zone`} name="zone" defaultValue={query.zone ?? ""} className={select}>
              <option value="">{t("filter.ownZone")}</option>
              {choices.map((name) => (
                <option key={name} value={name}>
                  {name.replaceAll("_", " ")}
                </option>
              ))}
            </select>
          </div>
          <Button type="submit" className="justify-self-start">
            {t("filter.apply")}
          </Button>
        </form>
      </PopoverContent>
    </Popover>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/form/field";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";

/** From here on, finding one by eye takes too long. */
const SEARCH_FROM = 9;

/** The models that a key may call; none chosen means all. Those no longer offered stay until they are unchosen. */
export function ModelsField({
  modelIds,
  chosen,
}: {
  modelIds: readonly string[];
  chosen: readonly string[];
}) {
  const t = useTranslations("tokens.field");
  const ids = [...new Set([...chosen, ...modelIds])];
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set(chosen));
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLowerCase();
  const shown = new Set(ids.filter((id) => id.toLowerCase().includes(wanted)));

  function toggle(id: string, on: boolean) {
    const next = new Set(picked);
    if (on) next.add(id);
    else next.delete(id);
    setPicked(next);
  }

  return (
    <Field
      name="models"
      label={t("models")}
      hint={t("modelsHint")}
      aside={
        <span className="text-ink-3 text-xs">
          {picked.size === 0 ? t("modelsAll") : t("modelsSome", { count: picked.size })}
        </span>
      }
    >
      {({ id: fieldId, name, required: _, ...aria }) => (
        <fieldset id={fieldId} aria-label={t("models")} className="rounded-md border bg-raised" {...aria}>
          <input type="hidden" name={name} value="" />
          {ids.length >= SEARCH_FROM ? (
            <div className="border-b p-1.5">
              <Input
                type="search"
                aria-label={t("modelsFind")}
                placeholder={t("modelsFind")}
                value={search}
                onChange={(event) => setSearch(event.target.value)}
                onKeyDown={(event) => {
                  if (event.key === "Enter") event.preventDefault();
                }}
              />
            </div>
          ) : null}
          <ul className="max-h-44 overflow-y-auto p-1">
            {ids.map((id) => (
              <li key={id} className={cn(!shown.has(id) && "hidden")}>
                <label
                  htmlFor={`${fieldId}-${id}`}
                  className="flex cursor-pointer items-center gap-2.5 rounded-sm px-2 py-1 hover:bg-ink/4"
                >
                  <Checkbox
                    id={`${fieldId}-${id}`}
                    name={name}
                    value={id}
                    checked={picked.has(id)}
                    onCheckedChange={(state) => toggle(id, state === true)}
                  />
                  <span className="min-w-0 break-all font-mono text-xs">{id}</span>
                </label>
              </li>
            ))}
            {shown.size === 0 ? <li className="px-2 py-1 text-ink-2">{t("modelsNothing")}</li> : null}
          </ul>
        </fieldset>
      )}
    </Field>
  );
}

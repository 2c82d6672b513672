"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import { Field } from "@/components/form/field";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { allowsModel, matchesModel } from "@/lib/keys/model-patterns";
import { coveringPattern, foundModels, makerPatterns, typedPattern } from "./model-choice";
import { ModelChip, ModelLine } from "./model-lines";

const MOST_OFFERED = 4;

/**
 * The models that a key may call: ids ticked in the catalogue, and patterns such as `openai/*`, with what they fit
 * now shown at once. None chosen means all. What is no longer offered stays until it is taken out.
 */
export function ModelsField({
  modelIds,
  chosen,
}: {
  modelIds: readonly string[];
  chosen: readonly string[];
}) {
  const t = useTranslations("tokens.models");
  const [entries, setEntries] = useState<readonly string[]>(chosen);
  const [typed, setTyped] = useState("");
  const pattern = typedPattern(typed);
  const fits = (entry: string) => modelIds.filter((id) => matchesModel(entry, id)).length;
  const listed = [...new Set([...entries.filter((entry) => !entry.includes("*")), ...modelIds])];
  const shown = foundModels(typed, listed);
  const allowed = modelIds.filter((id) => allowsModel(entries, id)).length;
  const offered = makerPatterns(modelIds, MOST_OFFERED).filter((one) => !entries.includes(one));

  const add = (entry: string) => setEntries((before) => [...new Set([...before, entry])]);
  const remove = (entry: string) => setEntries((before) => before.filter((one) => one !== entry));
  function addPattern(entry: string) {
    add(entry);
    setTyped("");
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter") return;
    // Enter in here never sends the form.
    event.preventDefault();
    if (pattern) addPattern(pattern);
    else if (shown.length === 1 && shown[0]) addPattern(shown[0]);
  }

  return (
    <Field
      name="models"
      label={t("label")}
      hint={t("hint")}
      aside={
        <span role="status" className="text-ink-2 text-xs tabular-nums">
          {entries.length === 0
            ? t("all", { total: modelIds.length })
            : t("some", { allowed, total: modelIds.length })}
        </span>
      }
    >
      {({ id: fieldId, name, required: _, ...aria }) => (
        <fieldset aria-label={t("label")} className="min-w-0 rounded-md border bg-raised">
          <input type="hidden" name={name} value="" />
          {/* A pattern that was typed and not added was meant. */}
          {(pattern ? [...new Set([...entries, pattern])] : entries).map((entry) => (
            <input key={entry} type="hidden" name={name} value={entry} />
          ))}
          {entries.length > 0 ? (
            <ul aria-label={t("chosen")} className="flex flex-wrap gap-1.5 p-2 pb-0">
              {entries.map((entry) => (
                <ModelChip key={entry} entry={entry} fits={fits(entry)} onRemove={() => remove(entry)} />
              ))}
            </ul>
          ) : null}
          <div className="grid gap-1.5 border-b p-2">
            <Input
              id={fieldId}
              {...aria}
              placeholder={t("find")}
              autoComplete="off"
              spellCheck={false}
              maxLength={200}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              onKeyDown={onKeyDown}
              className="font-mono text-xs placeholder:font-sans"
            />
            {pattern ? (
              <Button size="sm" className="justify-self-start" onClick={() => addPattern(pattern)}>
                <Plus aria-hidden="true" />
                {t("addPattern", { pattern, count: fits(pattern) })}
              </Button>
            ) : typed === "" && offered.length > 0 ? (
              <div className="flex flex-wrap gap-1.5">
                {offered.map((entry) => (
                  <Button key={entry} size="sm" variant="ghost" onClick={() => add(entry)} className="num">
                    <Plus aria-hidden="true" />
                    {entry}
                  </Button>
                ))}
              </div>
            ) : null}
          </div>
          <ul aria-label={t("catalogue")} className="max-h-44 overflow-y-auto p-1">
            {shown.map((id) => (
              <ModelLine
                key={id}
                id={id}
                by={coveringPattern(entries, id)}
                checked={entries.includes(id)}
                gone={!modelIds.includes(id)}
                onChange={(on) => (on ? add(id) : remove(id))}
              />
            ))}
            {shown.length === 0 ? (
              <li className="px-2 py-1 text-ink-2">{t(pattern ? "fitsNone" : "nothing")}</li>
            ) : null}
          </ul>
        </fieldset>
      )}
    </Field>
  );
}

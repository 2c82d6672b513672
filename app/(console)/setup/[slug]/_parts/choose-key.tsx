"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { Label } from "@/components/ui/label";
import { Select, SelectContent, SelectItem, SelectTrigger } from "@/components/ui/select";
import { KnownKey } from "./known-key";
import { PasteKey } from "./paste-key";
import type { Setup } from "./use-setup";

/** Which key and which model the blocks are made for, and the secret if the page knows it. */
export function ChooseKey({
  setup,
  hidden,
  setHidden,
}: {
  setup: Setup;
  hidden: boolean;
  setHidden: (hidden: boolean) => void;
}) {
  const t = useTranslations("setup.choose");
  const { state, key, secret, input } = setup;
  return (
    <div className="grid gap-4 rounded-lg border bg-raised p-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Choice
          label={t("key")}
          none={t("noKey")}
          value={key?.id ?? ""}
          choices={state.keys.map(({ id, name, endings }) => ({
            value: id,
            text: name,
            ending: endings[0],
          }))}
          onChange={setup.chooseKey}
        />
        <Choice
          label={t("model")}
          none={t("noModel")}
          value={input.defaultModelId}
          choices={input.models.map(({ id }) => ({ value: id, text: id }))}
          onChange={setup.chooseModel}
        />
      </div>
      {key === null ? null : secret ? (
        <KnownKey keyId={key.id} hidden={hidden} setHidden={setHidden} />
      ) : (
        <PasteKey key={key.id} setup={setup} chosen={key} />
      )}
    </div>
  );
}

function Choice({
  label,
  none,
  value,
  choices,
  onChange,
}: {
  label: string;
  none: string;
  value: string;
  choices: { value: string; text: string; ending?: string | undefined }[];
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className="grid min-w-0 content-start gap-1.5">
      <Label htmlFor={id}>{label}</Label>
      <Select value={value} onValueChange={onChange} disabled={choices.length === 0}>
        <SelectTrigger id={id} placeholder={none} className="num" />
        <SelectContent>
          {choices.map((choice) => (
            <SelectItem key={choice.value} value={choice.value} className="num">
              <span className="flex min-w-0 gap-2">
                <span className="truncate">{choice.text}</span>
                {choice.ending ? <span className="shrink-0 text-ink-3">…{choice.ending}</span> : null}
              </span>
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
    </div>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { FieldError } from "@/components/form/field";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { Select, SelectContent, SelectItem, SelectTrigger } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";

export interface ModelChoice {
  id: string;
  displayName: string;
  maxOutputTokens: number;
  reasoning: boolean;
}

/** As typed; empty leaves a parameter out. */
export interface Settings {
  model: string;
  system: string;
  temperature: string;
  topP: string;
  maxTokens: string;
}

export const NO_SETTINGS: Settings = { model: "", system: "", temperature: "", topP: "", maxTokens: "" };

const LIMITS = { temperature: [0, 2], topP: [0, 1] } as const;
type Problem = { low: number; high: number };

/** The numbers that were typed, and what is wrong with the others. */
export function readSettings(settings: Settings, model: ModelChoice | undefined) {
  const problems: Partial<Record<"temperature" | "topP" | "maxTokens", Problem>> = {};
  const read = (name: "temperature" | "topP" | "maxTokens", low: number, high: number, whole = false) => {
    const text = settings[name].trim().replace(",", ".");
    if (text === "") return undefined;
    const value = Number(text);
    if (Number.isFinite(value) && value >= low && value <= high && (!whole || Number.isInteger(value)))
      return value;
    problems[name] = { low, high };
    return undefined;
  };
  const temperature = read("temperature", ...LIMITS.temperature);
  const topP = read("topP", ...LIMITS.topP);
  const maxTokens = read("maxTokens", 1, model?.maxOutputTokens ?? 1_000_000, true);
  const values = {
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
  };
  return { values, problems };
}

/** Which model is asked, and how. */
export function Parameters({
  models,
  settings,
  problems,
  onChange,
}: {
  models: readonly ModelChoice[];
  settings: Settings;
  problems: ReturnType<typeof readSettings>["problems"];
  onChange: (settings: Settings) => void;
}) {
  const t = useTranslations("playground");
  const id = useId();
  const number = (name: "temperature" | "topP" | "maxTokens") => {
    const problem = problems[name];
    return (
      <div className="grid content-start gap-1.5">
        <Label htmlFor={`${id}-${name}`}>{t(name)}</Label>
        <Input
          id={`${id}-${name}`}
          inputMode="decimal"
          value={settings[name]}
          placeholder={t("standard")}
          onChange={(event) => onChange({ ...settings, [name]: event.target.value })}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? `${id}-${name}-error` : undefined}
          className="num"
        />
        <FieldError id={`${id}-${name}-error`} error={problem ? t("outside", { ...problem }) : undefined} />
      </div>
    );
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 rounded-lg border bg-raised p-4">
      <div className="grid min-w-0 gap-1.5">
        <Label htmlFor={`${id}-model`}>{t("model")}</Label>
        <Select
          value={settings.model}
          onValueChange={(model) => onChange({ ...settings, model })}
          disabled={models.length === 0}
        >
          <SelectTrigger
            id={`${id}-model`}
            text={settings.model}
            placeholder={t("noModels")}
            className="num"
          />
          <SelectContent>
            {models.map((model) => (
              <SelectItem key={model.id} value={model.id} className="num">
                {model.id}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      </div>
      <div className="grid gap-1.5">
        <Label htmlFor={`${id}-system`}>{t("system")}</Label>
        <Textarea
          id={`${id}-system`}
          rows={2}
          value={settings.system}
          placeholder={t("systemHint")}
          onChange={(event) => onChange({ ...settings, system: event.target.value })}
        />
      </div>
      <div className="grid grid-cols-3 gap-3">
        {number("temperature")}
        {number("topP")}
        {number("maxTokens")}
      </div>
    </div>
  );
}

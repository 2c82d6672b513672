"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { FieldError } from "@/components/form/field";
import { useFieldState } from "@/components/form/form-context";
import { Alert } from "@/components/ui/alert";
import { Input } from "@/components/ui/input";
import { RadioCard, RadioGroup } from "@/components/ui/radio-group";
import { Select, SelectContent, SelectItem, SelectTrigger } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";

const CHOICES = ["0", "1h", "24h", "7d"] as const;
const UNITS = ["m", "h", "d"] as const;

/**
 * How long the old secret goes on working, sent as `overlap`: `0`, `1h`, `24h`, `7d`, or a time of one's own such as
 * `90m`. Saying that it leaked takes the choice away: then it stops at once.
 */
export function OverlapFields({
  leakedLabel,
  initiallyLeaked = false,
  initialChoice = "24h",
  onChange,
}: {
  leakedLabel?: string;
  initiallyLeaked?: boolean;
  initialChoice?: (typeof CHOICES)[number];
  onChange: (change: { leaked: boolean; atOnce: boolean }) => void;
}) {
  const t = useTranslations("tokens.rotate");
  const id = useId();
  const { error } = useFieldState("overlap");
  const [leaked, setLeaked] = useState(initiallyLeaked);
  const [choice, setChoice] = useState<string>(initialChoice);
  const [amount, setAmount] = useState("3");
  const [unit, setUnit] = useState<string>("d");
  const own = `${amount.trim()}${unit}`;
  const overlap = leaked ? "0" : choice === "own" ? own : choice;

  function change(nextLeaked: boolean, nextChoice: string) {
    setLeaked(nextLeaked);
    setChoice(nextChoice);
    onChange({ leaked: nextLeaked, atOnce: nextLeaked || nextChoice === "0" });
  }

  return (
    <div className="grid gap-4">
      <input type="hidden" name="overlap" value={overlap} />
      {leaked ? <input type="hidden" name="leaked" value="yes" /> : null}
      <div className="flex items-center justify-between gap-4 rounded-lg border p-3">
        <div className="min-w-0">
          <label htmlFor={`${id}-leaked`} className="block font-medium">
            {leakedLabel ?? t("leaked")}
          </label>
          <p id={`${id}-leaked-about`} className="text-ink-2">
            {t("leakedHint")}
          </p>
        </div>
        <Switch
          id={`${id}-leaked`}
          aria-describedby={`${id}-leaked-about`}
          checked={leaked}
          onCheckedChange={(on) => change(on, choice)}
        />
      </div>
      {leaked ? <Alert tone="bad">{t("leakedAdvice")}</Alert> : null}
      <fieldset
        className="grid gap-2"
        disabled={leaked}
        {...(leaked ? {} : { "aria-describedby": `${id}-about` })}
      >
        <legend className="mb-1.5 font-medium">{t("when")}</legend>
        <RadioGroup
          value={leaked ? "0" : choice}
          onValueChange={(next) => change(false, next)}
          disabled={leaked}
          aria-label={t("when")}
          className="grid-cols-2 sm:grid-cols-4"
        >
          {CHOICES.map((value) => (
            <RadioCard key={value} value={value} label={t(`overlaps.${value}`)} className="px-3 py-2" />
          ))}
          <RadioCard value="own" label={t("overlaps.own")} className="col-span-2 px-3 py-2 sm:col-span-4" />
        </RadioGroup>
        {choice === "own" && !leaked ? (
          <div className="flex gap-2 pt-1">
            <Input
              inputMode="numeric"
              aria-label={t("ownAmount")}
              aria-invalid={error ? true : undefined}
              aria-describedby={error ? `${id}-error` : undefined}
              value={amount}
              maxLength={8}
              onChange={(event) => setAmount(event.target.value)}
              className="w-24"
            />
            <Select value={unit} onValueChange={setUnit}>
              <SelectTrigger aria-label={t("ownUnit")} className="w-32" />
              <SelectContent>
                {UNITS.map((name) => (
                  <SelectItem key={name} value={name}>
                    {t(`units.${name}`)}
                  </SelectItem>
                ))}
              </SelectContent>
            </Select>
          </div>
        ) : null}
        <FieldError id={`${id}-error`} error={error} />
        {leaked ? null : (
          <p id={`${id}-about`} className="text-ink-3 text-xs">
            {t(`hints.${choice as (typeof CHOICES)[number] | "own"}`)}
          </p>
        )}
      </fieldset>
    </div>
  );
}

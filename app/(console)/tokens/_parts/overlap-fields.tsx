"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { FieldError } from "@/components/form/field";
import { useFieldState } from "@/components/form/form-context";
import { Input } from "@/components/ui/input";
import { RadioCard, RadioGroup } from "@/components/ui/radio-group";
import { Select, SelectContent, SelectItem, SelectTrigger } from "@/components/ui/select";

const PLANNED = ["0", "1h", "24h", "7d"] as const;
const UNITS = ["m", "h", "d"] as const;
/** What can happen to an old secret: it leaked and stops at once, or works on for a time, perhaps of one's own. */
export type OverlapChoice = (typeof PLANNED)[number] | "leaked" | "own";

/** How long the old secret goes on working, sent as `overlap` (`0`, `1h`, `90m`, `7d`); a leak also as `leaked`. */
export function OverlapFields({
  choice,
  onChoose,
  leakedLabel,
  leakedHint,
}: {
  choice: OverlapChoice;
  onChoose: (choice: OverlapChoice) => void;
  leakedLabel: ReactNode;
  leakedHint: ReactNode;
}) {
  const t = useTranslations("tokens.rotate");
  const id = useId();
  const { error } = useFieldState("overlap");
  const [amount, setAmount] = useState("3");
  const [unit, setUnit] = useState<string>("d");
  const overlap = choice === "leaked" ? "0" : choice === "own" ? `${amount.trim()}${unit}` : choice;
  return (
    <fieldset className="grid gap-2" aria-describedby={`${id}-about`}>
      <legend className="mb-1.5 font-medium">{t("when")}</legend>
      <input type="hidden" name="overlap" value={overlap} />
      {choice === "leaked" ? <input type="hidden" name="leaked" value="yes" /> : null}
      <RadioGroup
        aria-label={t("when")}
        value={choice}
        onValueChange={(next) => onChoose(next as OverlapChoice)}
        className="sm:grid-cols-2"
      >
        <RadioCard
          value="leaked"
          label={leakedLabel}
          hint={leakedHint}
          className="has-[[data-state=checked]]:border-danger has-[[data-state=checked]]:bg-danger-soft/50 sm:col-span-2"
        />
        {PLANNED.map((value) => (
          <RadioCard key={value} value={value} label={t(`overlaps.${value}`)} className="px-3 py-2" />
        ))}
        <RadioCard value="own" label={t("overlaps.own")} className="px-3 py-2 sm:col-span-2" />
      </RadioGroup>
      {choice === "own" ? (
        <div className="flex gap-2">
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
      <p id={`${id}-about`} className="text-ink-3 text-xs">
        {choice === "leaked" ? null : t(`hints.${choice}`)}
      </p>
    </fieldset>
  );
}

/** Whether the old secret stops with this choice, so that clients fail until they have the new one. */
export function stopsAtOnce(choice: OverlapChoice): boolean {
  return choice === "leaked" || choice === "0";
}

"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/form/field";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger } from "@/components/ui/select";

const DAYS = [7, 30, 90] as const;
const YEAR = 365;
const DAY_MS = 86_400_000;

/** When a key ends: never, after a while, or at a date. Sends ISO 8601 in UTC as `expiresAt`. */
export function ExpiryField({ expiresAt }: { expiresAt: Date | null }) {
  const t = useTranslations("tokens.field");
  const [choice, setChoice] = useState(expiresAt ? "keep" : "never");
  const [value, setValue] = useState(expiresAt?.toISOString() ?? "");

  function choose(next: string) {
    setChoice(next);
    if (next === "never") setValue("");
    else if (next === "keep") setValue(expiresAt?.toISOString() ?? "");
    // Until a date is typed, nothing that could be taken for one.
    else if (next === "custom") setValue("-");
    else setValue(new Date(Date.now() + Number(next) * DAY_MS).toISOString());
  }

  return (
    <Field name="expiresAt" label={t("expiresAt")}>
      {({ id, name, required: _, ...aria }) => (
        <div className="grid gap-2">
          <input type="hidden" name={name} value={value} />
          <Select value={choice} onValueChange={choose}>
            <SelectTrigger id={id} {...aria} />
            <SelectContent>
              {expiresAt ? (
                <SelectItem value="keep">
                  {t("expiresKeep", {
                    date: expiresAt.toLocaleDateString(undefined, { dateStyle: "medium" }),
                  })}
                </SelectItem>
              ) : null}
              <SelectItem value="never">{t("expiresNever")}</SelectItem>
              {DAYS.map((days) => (
                <SelectItem key={days} value={String(days)}>
                  {t("expiresIn", { days })}
                </SelectItem>
              ))}
              <SelectItem value={String(YEAR)}>{t("expiresYear")}</SelectItem>
              <SelectItem value="custom">{t("expiresCustom")}</SelectItem>
            </SelectContent>
          </Select>
          {choice === "custom" ? (
            <Input
              type="datetime-local"
              aria-label={t("expiresDate")}
              title={t("expiresDate")}
              onChange={(event) => {
                const at = new Date(event.target.value);
                setValue(Number.isNaN(at.getTime()) ? "-" : at.toISOString());
              }}
              {...aria}
            />
          ) : null}
        </div>
      )}
    </Field>
  );
}

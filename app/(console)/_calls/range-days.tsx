"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { FieldError } from "@/components/form/field";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import type { RangeProblem } from "@/lib/usage/parse-range";

/** The first and last day of a range of one's own. What was refused is kept, with why beside it. */
export function RangeDays({
  from,
  to,
  problem,
  onShow,
}: {
  from: string;
  to: string;
  problem: RangeProblem | null;
  onShow: (from: string, to: string) => void;
}) {
  const t = useTranslations("logs");
  const id = useId();
  const aria = problem ? { "aria-invalid": true as const, "aria-describedby": `${id}-problem` } : {};
  return (
    <form
      className="grid gap-1.5"
      action={(form) => onShow(String(form.get("from") ?? ""), String(form.get("to") ?? ""))}
    >
      <div className="flex flex-wrap items-end gap-2">
        {(["from", "to"] as const).map((name) => (
          <div key={name} className="grid min-w-32 gap-1 max-sm:flex-1">
            <Label htmlFor={`${id}-${name}`}>{t(`filter.${name}`)}</Label>
            <Input
              id={`${id}-${name}`}
              type="date"
              name={name}
              defaultValue={name === "from" ? from : to}
              {...aria}
            />
          </div>
        ))}
        <Button type="submit">{t("filter.apply")}</Button>
      </div>
      <FieldError id={`${id}-problem`} error={problem ? t(`rangeProblem.${problem}`) : undefined} />
    </form>
  );
}

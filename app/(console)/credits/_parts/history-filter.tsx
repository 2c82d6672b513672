"use client";

import Form from "next/form";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { FieldError } from "@/components/form/field";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { Select, SelectContent, SelectItem, SelectTrigger } from "@/components/ui/select";
import { HISTORY_KINDS, type HistoryProblem } from "@/lib/ledger/history-filter";

/** Narrows the history to a kind and to days; it lives in the address, so that it can be kept and sent. */
export function HistoryFilter({
  kind,
  from,
  to,
  problem,
}: {
  kind: string;
  from: string;
  to: string;
  problem: HistoryProblem | null;
}) {
  const t = useTranslations("credits.filter");
  const id = useId();
  const known = HISTORY_KINDS.find((name) => name === kind) ?? "all";
  const aria = (name: HistoryProblem) =>
    problem === name ? { "aria-invalid": true as const, "aria-describedby": `${id}-problem` } : {};
  return (
    <Form action="/credits" scroll={false} className="grid gap-1.5" key={`${kind} ${from} ${to}`}>
      <div className="flex flex-wrap items-end gap-2">
        <div className="grid min-w-40 gap-1 max-sm:w-full">
          <Label htmlFor={`${id}-kind`}>{t("kind")}</Label>
          <Select name="kind" defaultValue={known}>
            <SelectTrigger id={`${id}-kind`} text={t(`kinds.${known}`)} {...aria("kind")} />
            <SelectContent>
              {(["all", ...HISTORY_KINDS] as const).map((name) => (
                <SelectItem key={name} value={name}>
                  {t(`kinds.${name}`)}
                </SelectItem>
              ))}
            </SelectContent>
          </Select>
        </div>
        {(["from", "to"] as const).map((name) => (
          <div key={name} className="grid min-w-32 gap-1 max-sm:flex-1">
            <Label htmlFor={`${id}-${name}`}>{t(name)}</Label>
            <Input
              id={`${id}-${name}`}
              type="date"
              name={name}
              defaultValue={name === "from" ? from : to}
              {...aria(name)}
            />
          </div>
        ))}
        <Button type="submit">{t("show")}</Button>
        {kind || from || to ? (
          <Link href="/credits#history" className="link self-center">
            {t("clear")}
          </Link>
        ) : null}
      </div>
      <FieldError id={`${id}-problem`} error={problem ? t(`problem.${problem}`) : undefined} />
    </Form>
  );
}

"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { CheckField } from "@/components/form/check-field";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { buyPackAction } from "../actions";
import type { PackChoice } from "./pack-choice";

/** The packs as plain cards, the chosen one ringed; arrow keys move between them. */
export function PackForm({
  packs,
  initial,
  disabled,
  standIn,
}: {
  packs: PackChoice[];
  initial: string;
  /** Their address is not confirmed yet: they may look. */
  disabled: boolean;
  /** Payments go to the stand-in on this machine. */
  standIn: boolean;
}) {
  const t = useTranslations("credits.packs");
  const [chosenId, choose] = useState(initial);
  const chosen = packs.find(({ id }) => id === chosenId) ?? packs[0];

  // Coming back from the payment page by the browser's own button would show this form as still under way.
  useEffect(() => {
    const onShow = (event: PageTransitionEvent) => event.persisted && window.location.reload();
    window.addEventListener("pageshow", onShow);
    return () => window.removeEventListener("pageshow", onShow);
  }, []);

  return (
    <Form action={buyPackAction}>
      <fieldset disabled={disabled} className="min-w-0">
        <legend className="sr-only">{t("choose")}</legend>
        <div className="grid grid-cols-2 gap-2 sm:gap-3 wide:grid-cols-4">
          {packs.map((pack) => (
            <label
              key={pack.id}
              className="relative grid cursor-pointer content-start gap-1 rounded-lg border bg-raised p-3 sm:p-4 transition-colors duration-150 hover:border-edge has-checked:border-accent has-checked:ring-1 has-checked:ring-accent has-disabled:cursor-default has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-2"
            >
              <input
                type="radio"
                name="packId"
                value={pack.id}
                defaultChecked={pack.id === initial}
                onChange={() => choose(pack.id)}
                className="absolute top-3 right-3 sm:top-4 sm:right-4 size-4 accent-accent focus-visible:outline-none"
              />
              <span className="pr-6 text-ink-2">{t("pay", { price: pack.price })}</span>
              <span className="font-semibold text-xl tracking-tight">{t("get", { amount: pack.total })}</span>
              <span className="text-ink-2 text-xs">
                {pack.bonus ? t("bonus", { amount: pack.bonus }) : t("noBonus")}
              </span>
              {pack.perDollar ? (
                <span className="text-ink-3 text-xs">{t("perDollar", { price: pack.perDollar })}</span>
              ) : null}
            </label>
          ))}
        </div>
      </fieldset>
      <CheckField name="saveCard" label={t("saveCard")} hint={t("saveCardHint")} disabled={disabled} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <SubmitButton size="lg" disabled={disabled} className="max-sm:w-full">
          {t("buy", { amount: chosen?.short ?? "" })}
        </SubmitButton>
        {disabled ? (
          <p className="text-warn-text text-xs">
            {t("confirmFirst")}{" "}
            <Link href="/verify" className="link">
              {t("confirm")}
            </Link>
          </p>
        ) : (
          <p className="text-ink-3 text-xs">{standIn ? t("nextStandIn") : t("next")}</p>
        )}
      </div>
    </Form>
  );
}

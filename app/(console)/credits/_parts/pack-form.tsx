"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { SubmitButton } from "@/components/form/submit-button";
import { buyPackAction } from "../actions";
import type { PackChoice } from "./pack-choice";

/** The packs as plain cards, the chosen one ringed. Native radio buttons, so that it also works without JavaScript. */
export function PackForm({
  packs,
  initial,
  disabled,
}: {
  packs: PackChoice[];
  initial: string;
  disabled: boolean;
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
        <div className="grid gap-3 sm:grid-cols-2 wide:grid-cols-4">
          {packs.map((pack) => (
            <label
              key={pack.id}
              className="relative grid cursor-pointer content-start gap-1 rounded-lg border bg-raised p-4 transition-colors duration-150 hover:border-edge has-checked:border-accent has-checked:ring-1 has-checked:ring-accent has-disabled:cursor-default has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-2"
            >
              <input
                type="radio"
                name="packId"
                value={pack.id}
                defaultChecked={pack.id === initial}
                onChange={() => choose(pack.id)}
                className="absolute top-4 right-4 size-4 accent-accent focus-visible:outline-none"
              />
              <span className="pr-8 text-ink-2">{t("pay", { price: pack.price })}</span>
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
      <FormActions>
        <SubmitButton size="lg" disabled={disabled}>
          {t("buy", { amount: chosen?.short ?? "" })}
        </SubmitButton>
        <p className="text-ink-3 text-xs">{t("next")}</p>
      </FormActions>
    </Form>
  );
}

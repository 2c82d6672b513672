"use client";

import { useTranslations } from "next-intl";
import { CheckField } from "@/components/form/check-field";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { type Choice, SelectField } from "@/components/form/select-field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextField } from "@/components/form/text-field";
import { toast } from "@/components/ui/toast";
import { saveTopUpAction } from "../actions";

/** Below what balance which pack is bought with which card, and how much a month at most. */
export function TopUpForm({
  packs,
  cards,
  initial,
  currency,
  again,
  disabled,
}: {
  packs: Choice[];
  cards: Choice[];
  initial: { enabled: boolean; thresholdUsd: string; packId: string; monthlyCap: string; cardId: string };
  currency: string;
  /** It was stopped: saving starts it anew. */
  again: boolean;
  disabled: boolean;
}) {
  const t = useTranslations("credits.topUp");
  return (
    <Form
      action={saveTopUpAction}
      onSuccess={({ enabled }) => toast.success(t(enabled ? "savedOn" : "savedOff"))}
    >
      <fieldset disabled={disabled} className="grid min-w-0 gap-4">
        <CheckField
          as="switch"
          name="enabled"
          label={t("enabled")}
          hint={t("enabledHint")}
          defaultChecked={initial.enabled}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            name="thresholdUsd"
            label={t("threshold")}
            hint={t("thresholdHint")}
            defaultValue={initial.thresholdUsd}
            inputMode="decimal"
            autoComplete="off"
            maxLength={20}
          />
          <SelectField name="packId" label={t("packLabel")} choices={packs} defaultValue={initial.packId} />
          <TextField
            name="monthlyCap"
            label={t("cap", { currency })}
            hint={t("capHint")}
            defaultValue={initial.monthlyCap}
            inputMode="numeric"
            autoComplete="off"
            maxLength={7}
          />
          <SelectField name="cardId" label={t("card")} choices={cards} defaultValue={initial.cardId} />
        </div>
      </fieldset>
      <FormActions>
        <SubmitButton variant="secondary" disabled={disabled}>
          {t(again ? "again" : "save")}
        </SubmitButton>
      </FormActions>
    </Form>
  );
}

"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { formatDate } from "@/components/data/format-time";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { TextField } from "@/components/form/text-field";
import { Alert } from "@/components/ui/alert";
import type { Redeemed } from "@/lib/billing/codes/redeem-code";
import { formatUsd } from "@/lib/money";
import { redeemCodeAction } from "../actions";

/** A code or a gift, typed or pasted in any case; what it brought is said, what is wrong stands by the field. */
export function CodeForm({ disabled }: { disabled: boolean }) {
  const t = useTranslations("credits.code");
  const locale = useLocale();
  const [added, setAdded] = useState<Redeemed | null>(null);
  return (
    <div className="grid gap-3">
      <Form action={redeemCodeAction} onSuccess={setAdded} resetOnSuccess className="gap-2">
        <fieldset
          disabled={disabled}
          className="grid min-w-0 grid-cols-[minmax(0,1fr)_auto] items-start gap-2"
        >
          <TextField
            name="code"
            label={t("label")}
            hint={t("hint")}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={100}
            className="[&_input]:font-mono [&_input]:uppercase [&_input]:placeholder:normal-case"
          />
          <SubmitButton variant="secondary" className="mt-6.5">
            {t("add")}
          </SubmitButton>
        </fieldset>
      </Form>
      {added ? (
        <Alert tone="good" title={t("added", { amount: formatUsd(added.amountNano) })}>
          {added.expiresAt
            ? t("until", { day: formatDate(added.expiresAt, new Date(), "UTC", locale) })
            : t("forever")}
        </Alert>
      ) : null}
    </div>
  );
}

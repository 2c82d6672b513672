"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { CopyBlock } from "@/components/data/copy-block";
import { CopyOnce } from "@/components/data/copy-once";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { SubmitButton } from "@/components/form/submit-button";
import { TextField } from "@/components/form/text-field";
import { toast } from "@/components/ui/toast";
import { VERIFY_WEBHOOK } from "@/lib/billing/alerts/verify-snippet";
import { saveAlertsAction } from "../actions";

/** When to tell of a low balance, and an address of one's own that is told too. A new secret is shown this once. */
export function AlertsForm({ low, usual, url }: { low: string; usual: string; url: string }) {
  const t = useTranslations("credits.alerts");
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <div className="grid gap-4">
      <Form
        action={saveAlertsAction}
        onSuccess={({ webhookSecret }) => {
          setSecret(webhookSecret);
          toast.success(t("saved"));
        }}
      >
        <div className="grid gap-4 md:grid-cols-2">
          <TextField
            name="lowBalanceUsd"
            label={t("low")}
            hint={t("lowHint", { usual })}
            placeholder={usual}
            defaultValue={low}
            inputMode="decimal"
            autoComplete="off"
            maxLength={40}
          />
          <TextField
            name="webhookUrl"
            label={t("url")}
            hint={t("urlHint")}
            optional
            placeholder="https://example.com/tollgate"
            defaultValue={url}
            inputMode="url"
            autoComplete="off"
            maxLength={500}
          />
        </div>
        <FormActions>
          <SubmitButton variant="secondary">{t("save")}</SubmitButton>
        </FormActions>
      </Form>
      {secret ? (
        <CopyOnce
          secret={secret}
          note={t("secretOnce")}
          envName="TOLLGATE_WEBHOOK_SECRET"
          filename="tollgate-webhook.env"
        />
      ) : null}
      {url || secret ? (
        <details open={secret !== null} className="group">
          <summary className="w-fit cursor-pointer rounded-sm font-medium">{t("verify")}</summary>
          <div className="mt-2 grid gap-2">
            <p className="max-w-prose text-ink-2">{t("verifyText")}</p>
            <CopyBlock code={VERIFY_WEBHOOK} title="verify-tollgate.mjs" filename="verify-tollgate.mjs" />
          </div>
        </details>
      ) : null}
    </div>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { PasswordField } from "@/components/form/password-field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextField } from "@/components/form/text-field";
import { Alert } from "@/components/ui/alert";
import { changeEmailAction } from "../actions";

/** Asks for another address; it takes effect once the link that is sent there is used. */
export function EmailForm() {
  const t = useTranslations("settings.email");
  const [sentTo, setSentTo] = useState<string | null>(null);
  return (
    <>
      {sentTo ? (
        <Alert tone="good" title={t("sentTitle")} className="mb-4">
          {t("sent", { email: sentTo })}
        </Alert>
      ) : null}
      <Form action={changeEmailAction} onSuccess={({ email }) => setSentTo(email)} resetOnSuccess>
        <TextField
          name="email"
          label={t("label")}
          type="email"
          inputMode="email"
          autoComplete="email"
          autoCapitalize="off"
          spellCheck={false}
          required
        />
        <PasswordField name="password" label={t("password")} autoComplete="current-password" required />
        <FormActions>
          <SubmitButton variant="secondary">{t("submit")}</SubmitButton>
        </FormActions>
      </Form>
    </>
  );
}

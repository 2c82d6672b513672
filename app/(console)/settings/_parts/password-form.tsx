"use client";

import { useTranslations } from "next-intl";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { PasswordField } from "@/components/form/password-field";
import { SubmitButton } from "@/components/form/submit-button";
import { toast } from "@/components/ui/toast";
import { changePasswordAction } from "../actions";

export function PasswordForm({ email, min }: { email: string; min: number }) {
  const t = useTranslations("settings.password");
  return (
    <Form
      action={changePasswordAction}
      onSuccess={({ ended }) => toast.success(t("changed", { ended }))}
      resetOnSuccess
    >
      <input type="text" value={email} autoComplete="username" readOnly hidden />
      <PasswordField name="currentPassword" label={t("current")} autoComplete="current-password" required />
      <PasswordField
        name="password"
        label={t("next")}
        hint={t("hint", { min })}
        autoComplete="new-password"
        minLength={min}
        required
      />
      <FormActions>
        <SubmitButton variant="secondary">{t("submit")}</SubmitButton>
      </FormActions>
    </Form>
  );
}

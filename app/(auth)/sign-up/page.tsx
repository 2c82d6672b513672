import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Form } from "@/components/form/form";
import { PasswordField } from "@/components/form/password-field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextField } from "@/components/form/text-field";
import { PASSWORD_MIN } from "@/lib/auth/new-password";
import { findUser } from "@/lib/auth/session";
import { AuthHeader } from "../_parts/auth-header";
import { TimeZoneInput } from "./_parts/time-zone-input";
import { signUpAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.signUp"))("title") };
}

export default async function SignUpPage() {
  if (await findUser()) redirect("/overview");
  const t = await getTranslations("auth");
  return (
    <>
      <AuthHeader title={t("signUp.title")}>{t("signUp.sentence")}</AuthHeader>
      <Form action={signUpAction}>
        <TimeZoneInput />
        <TextField
          name="email"
          label={t("email")}
          type="email"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="off"
          spellCheck={false}
          autoFocus
          required
        />
        <PasswordField
          name="password"
          label={t("password")}
          hint={t("passwordHint", { min: PASSWORD_MIN })}
          autoComplete="new-password"
          minLength={PASSWORD_MIN}
          required
        />
        <SubmitButton size="lg" className="w-full">
          {t("signUp.submit")}
        </SubmitButton>
      </Form>
      <p className="text-ink-2">
        {t.rich("signUp.signIn", {
          link: (text) => (
            <Link href="/sign-in" className="link">
              {text}
            </Link>
          ),
        })}
      </p>
    </>
  );
}

import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Form } from "@/components/form/form";
import { PasswordField } from "@/components/form/password-field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextField } from "@/components/form/text-field";
import { LinkButton } from "@/components/ui/button";
import { PASSWORD_MIN } from "@/lib/auth/new-password";
import { peekToken } from "@/lib/auth/one-time-token";
import { AuthHeader } from "../_parts/auth-header";
import { OutboxHint } from "../_parts/outbox-hint";
import { requestResetAction, resetPasswordAction } from "./actions";

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.reset"))("title") };
}

const to = (href: string) => (text: ReactNode) => (
  <Link href={href} className="link">
    {text}
  </Link>
);

export default async function ResetPage({ searchParams }: Props) {
  const { token, sent } = await searchParams;
  if (typeof token === "string") return <SetPassword token={token} />;
  const t = await getTranslations("auth");
  if (sent) {
    return (
      <>
        <AuthHeader title={t("reset.sentTitle")}>{t("reset.sent")}</AuthHeader>
        <OutboxHint />
        <p className="text-ink-2">{t.rich("reset.sentNothing", { again: to("/reset") })}</p>
      </>
    );
  }
  return (
    <>
      <AuthHeader title={t("reset.title")}>{t("reset.ask")}</AuthHeader>
      <Form action={requestResetAction}>
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
        <SubmitButton size="lg" className="w-full">
          {t("reset.submit")}
        </SubmitButton>
      </Form>
      <p className="text-ink-2">{t.rich("reset.back", { signIn: to("/sign-in") })}</p>
    </>
  );
}

async function SetPassword({ token }: { token: string }) {
  const t = await getTranslations("auth");
  const email = await peekToken(token, "reset_password");
  if (!email) {
    return (
      <>
        <AuthHeader title={t("reset.deadTitle")}>{t("reset.dead")}</AuthHeader>
        <LinkButton href="/reset" variant="primary" size="lg">
          {t("reset.askAgain")}
        </LinkButton>
      </>
    );
  }
  const address = (text: ReactNode) => <strong className="break-all font-medium text-ink">{text}</strong>;
  return (
    <>
      <AuthHeader title={t("reset.title")}>{t.rich("reset.set", { email, address })}</AuthHeader>
      <Form action={resetPasswordAction}>
        <input type="hidden" name="token" value={token} />
        <input type="text" value={email} autoComplete="username" readOnly hidden />
        <PasswordField
          name="password"
          label={t("newPassword")}
          hint={t("passwordHint", { min: PASSWORD_MIN })}
          autoComplete="new-password"
          minLength={PASSWORD_MIN}
          autoFocus
          required
        />
        <SubmitButton size="lg" className="w-full">
          {t("reset.setSubmit")}
        </SubmitButton>
      </Form>
    </>
  );
}

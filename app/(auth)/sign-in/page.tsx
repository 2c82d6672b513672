import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Form } from "@/components/form/form";
import { PasswordField } from "@/components/form/password-field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextField } from "@/components/form/text-field";
import { Alert } from "@/components/ui/alert";
import { safeNext } from "@/lib/auth/safe-next";
import { findUser } from "@/lib/auth/session";
import { AuthHeader } from "../_parts/auth-header";
import { signInAction } from "./actions";

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.signIn"))("title") };
}

const NOTICES = ["confirmed", "password-set", "signed-out"] as const;

export default async function SignInPage({ searchParams }: Props) {
  const { next: wanted, notice: named, error } = await searchParams;
  const next = safeNext(wanted);
  if (await findUser()) redirect(next ?? "/overview");
  const t = await getTranslations("auth");
  const notice = NOTICES.find((name) => name === named);
  return (
    <>
      <AuthHeader title={t("signIn.title")}>
        {t.rich("signIn.signUp", {
          link: (text) => (
            <Link href="/sign-up" className="link">
              {text}
            </Link>
          ),
        })}
      </AuthHeader>
      {notice ? (
        <Alert tone={notice === "signed-out" ? "info" : "good"}>{t(`notice.${notice}`)}</Alert>
      ) : null}
      {error ? <Alert tone="bad">{t("notice.refused")}</Alert> : null}
      <Form action={signInAction}>
        {next ? <input type="hidden" name="next" value={next} /> : null}
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
        <PasswordField name="password" label={t("password")} autoComplete="current-password" required />
        <SubmitButton size="lg" className="w-full">
          {t("signIn.submit")}
        </SubmitButton>
      </Form>
      <p className="text-ink-2">
        <Link href="/reset" className="link">
          {t("signIn.forgot")}
        </Link>
      </p>
    </>
  );
}

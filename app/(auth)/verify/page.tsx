import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ClientMessages } from "@/components/shell/client-messages";
import { findSignUp } from "@/lib/auth/browser-session";
import { findUser } from "@/lib/auth/session";
import { AuthHeader } from "../_parts/auth-header";
import { OutboxHint } from "../_parts/outbox-hint";
import { ConfirmForm } from "./_parts/confirm-form";
import { SendAgainForm } from "./_parts/send-again-form";
import { sendOwnVerificationAction, sendVerificationAction } from "./actions";

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.verify"))("title") };
}

const to = (href: string) => (text: ReactNode) => (
  <Link href={href} className="link">
    {text}
  </Link>
);

export default async function VerifyPage({ searchParams }: Props) {
  const { token } = await searchParams;
  const t = await getTranslations("auth");
  if (typeof token === "string") {
    return (
      <ClientMessages areas={["auth"]}>
        <AuthHeader title={t("verify.title")} />
        <ConfirmForm token={token} />
      </ClientMessages>
    );
  }

  const user = await findUser();
  if (user?.user.verified) redirect("/overview");
  const email = user?.user.email ?? (await findSignUp())?.email ?? null;
  const address = (text: ReactNode) => <strong className="break-all font-medium text-ink">{text}</strong>;
  const words = {
    email: t("email"),
    submit: email ? t("verify.again") : t("verify.askSubmit"),
    sent: t("verify.sentAgain"),
  };
  return (
    <>
      <AuthHeader title={t("verify.title")}>
        {email ? t.rich("verify.sent", { email, address }) : t("verify.ask")}
      </AuthHeader>
      <OutboxHint />
      <SendAgainForm
        action={user ? sendOwnVerificationAction : sendVerificationAction}
        email={email}
        words={words}
      >
        {email ? <p className="text-ink-2">{t("verify.nothing")}</p> : null}
      </SendAgainForm>
      <p className="text-ink-2">
        {user
          ? t.rich("verify.later", { overview: to("/overview") })
          : t.rich("verify.other", { signIn: to("/sign-in"), signUp: to("/sign-up") })}
      </p>
    </>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { useActionState, useEffect, useRef } from "react";
import { RequestId } from "@/components/data/request-id";
import { Alert } from "@/components/ui/alert";
import { Button, LinkButton } from "@/components/ui/button";
import { confirmEmailAction } from "../actions";

/** Sends itself once the page is there; browsers without scripts get a button. */
export function ConfirmForm({ token }: { token: string }) {
  const t = useTranslations("auth.verify");
  const [state, confirm] = useActionState(confirmEmailAction, null);
  const form = useRef<HTMLFormElement>(null);
  const sent = useRef(false);
  useEffect(() => {
    if (sent.current) return;
    sent.current = true;
    form.current?.requestSubmit();
  }, []);
  if (state && !state.ok) {
    return (
      <>
        <Alert tone="bad" title={state.message}>
          {state.code === "gone" ? <p className="mb-1">{t("dead")}</p> : null}
          <RequestId id={state.requestId} />
        </Alert>
        <div className="grid gap-2">
          <LinkButton href="/verify" variant="primary" size="lg">
            {t("fresh")}
          </LinkButton>
          <LinkButton href="/sign-in" size="lg">
            {t("toSignIn")}
          </LinkButton>
        </div>
      </>
    );
  }
  return (
    <form ref={form} action={confirm} className="grid gap-4">
      <input type="hidden" name="token" value={token} />
      <p className="text-ink-2">{t("confirming")}</p>
      <noscript>
        <Button type="submit" variant="primary" size="lg" className="w-full">
          {t("confirm")}
        </Button>
      </noscript>
    </form>
  );
}

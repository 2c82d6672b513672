"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { CopyOnce } from "@/components/data/copy-once";
import { forgetSecrets, useSecret } from "@/components/data/secret-memory";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { focusPage } from "../../_parts/return-focus";
import { SafetyRules } from "../../_parts/safety-rules";

/** The one sight of a management key's secret, from the page's memory; after a reload it says that it is gone. */
export function FreshManagementKey({ id, name }: { id: string; name: string }) {
  const t = useTranslations("tokens.fresh");
  const m = useTranslations("tokens.management");
  const router = useRouter();
  const secret = useSecret(id);
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (secret) card.current?.focus();
  }, [secret]);

  function dismiss() {
    forgetSecrets(id);
    focusPage();
    router.replace("/tokens/management", { scroll: false });
  }

  if (!secret) {
    return (
      <Alert title={t("goneTitle", { name })}>
        <p>{m("goneText")}</p>
        <Button size="sm" variant="ghost" onClick={dismiss} className="mt-2">
          {t("dismiss")}
        </Button>
      </Alert>
    );
  }
  const title = t("created", { name });
  return (
    <section
      ref={card}
      tabIndex={-1}
      aria-label={title}
      className="grid scroll-mt-16 gap-x-8 gap-y-5 rounded-lg border bg-raised p-4 focus:outline-none sm:p-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]"
    >
      <div className="grid min-w-0 content-start gap-4">
        <div>
          <h2 className="break-words font-semibold text-xl">{title}</h2>
          <p className="mt-1 text-ink-2">{t("fingerprint")}</p>
        </div>
        <CopyOnce secret={secret} envName="TOLLGATE_MANAGEMENT_KEY" filename="tollgate-management.env" />
        <div>
          <Button onClick={dismiss}>{t("done")}</Button>
        </div>
      </div>
      <SafetyRules kind="management" />
    </section>
  );
}

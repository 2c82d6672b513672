"use client";

import { useTranslations } from "next-intl";
import { useForm } from "@/components/form/form-context";
import { Button } from "@/components/ui/button";

/** The way on for whoever lost the race: what they typed stays in sight until they have seen the other's change. */
export function StaleEdit({ onReload }: { onReload: () => void }) {
  const t = useTranslations("tokens.edit");
  const { state, pending } = useForm();
  if (!state || state.ok || state.code !== "conflict" || pending) return null;
  return (
    <div className="order-1 flex flex-wrap items-center justify-between gap-2">
      <p className="min-w-0 flex-1 text-ink-2 text-xs">{t("staleText")}</p>
      <Button size="sm" onClick={onReload}>
        {t("staleReload")}
      </Button>
    </div>
  );
}

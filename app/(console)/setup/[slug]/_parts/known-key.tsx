"use client";

import { Eye, EyeOff, KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { forgetSecrets } from "@/components/data/secret-memory";
import { Button } from "@/components/ui/button";

/** The chosen key's secret is in memory: says where it stands, and lets it be hidden or forgotten. */
export function KnownKey({
  keyId,
  hidden,
  setHidden,
}: {
  keyId: string;
  hidden: boolean;
  setHidden: (hidden: boolean) => void;
}) {
  const t = useTranslations("setup.choose");
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t pt-4" data-testid="key-known">
      <p className="flex min-w-0 flex-1 basis-64 gap-2 text-ink-2">
        <KeyRound aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-accent-text" />
        {t("known")}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" aria-pressed={hidden} onClick={() => setHidden(!hidden)}>
          {hidden ? <Eye aria-hidden="true" /> : <EyeOff aria-hidden="true" />}
          {hidden ? t("show") : t("hide")}
        </Button>
        <Button size="sm" variant="ghost" onClick={() => forgetSecrets(keyId)}>
          {t("forget")}
        </Button>
      </div>
    </div>
  );
}

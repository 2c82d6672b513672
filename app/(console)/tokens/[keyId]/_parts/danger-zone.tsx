"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { useFocusHeir } from "../../_parts/return-focus";
import { RevokeDialog } from "../../_parts/revoke-dialog";

/** The way to end a key for good. */
export function DangerZone({ of }: { of: { id: string; name: string } }) {
  const t = useTranslations("tokens.key");
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  useFocusHeir(opener);
  return (
    <section
      aria-labelledby="danger"
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-lg border border-danger/40 p-4"
    >
      <div className="min-w-0 max-w-prose">
        <h2 id="danger" className="font-medium">
          {t("danger")}
        </h2>
        <p className="text-ink-2">{t("dangerText")}</p>
      </div>
      <Button ref={opener} variant="danger" onClick={() => setOpen(true)}>
        {t("revoke")}
      </Button>
      <RevokeDialog revoking={of} open={open} onOpenChange={setOpen} opener={opener} />
    </section>
  );
}

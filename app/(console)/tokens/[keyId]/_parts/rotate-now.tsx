"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import type { ActionKey } from "../../_parts/action-key";
import { useFocusHeir } from "../../_parts/return-focus";
import { RotateDialog } from "../../_parts/rotate-dialog";

/** A small button for where something says that the key should be rotated. */
export function RotateNow({ of }: { of: ActionKey }) {
  const t = useTranslations("tokens.key");
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  useFocusHeir(opener);
  return (
    <>
      <Button ref={opener} size="sm" onClick={() => setOpen(true)}>
        {t("rotate")}
      </Button>
      <RotateDialog rotating={of} open={open} onOpenChange={setOpen} opener={opener} />
    </>
  );
}

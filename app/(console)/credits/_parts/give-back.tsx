"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActionButton } from "@/components/form/action-button";
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogTrigger,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { giveBackAction } from "../actions";

/** Asks before a pack goes back for its money, and says what leaves with it. */
export function GiveBack({
  purchaseId,
  pack,
  price,
  credit,
  until,
}: {
  purchaseId: string;
  pack: string;
  price: string;
  credit: string;
  /** The last day on which it can be given back. */
  until: string;
}) {
  const t = useTranslations("credits.giveBack");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  return (
    <AlertDialog open={open} onOpenChange={setOpen}>
      <AlertDialogTrigger asChild>
        <Button size="sm" title={t("until", { day: until })}>
          {t("button")}
        </Button>
      </AlertDialogTrigger>
      <AlertDialogContent
        title={t("title", { pack })}
        description={t("text", { price, credit })}
        footer={
          <>
            <AlertDialogCancel asChild>
              <Button>{t("keep")}</Button>
            </AlertDialogCancel>
            <ActionButton
              variant="danger"
              action={giveBackAction}
              input={{ purchaseId }}
              onSuccess={() => {
                setOpen(false);
                toast.success(t("done", { price }));
                router.refresh();
              }}
            >
              {t("submit", { price })}
            </ActionButton>
          </>
        }
      />
    </AlertDialog>
  );
}

"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { ActionButton } from "@/components/form/action-button";
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogTrigger,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { useFocusHeir } from "../../_parts/return-focus";
import { endOverlapAction } from "../../actions";

/** Cuts the overlap of a replaced secret short, after asking. */
export function EndOverlap({
  keyId,
  secret,
  label,
}: {
  keyId: string;
  secret: { id: string; lastFour: string };
  label?: string;
}) {
  const t = useTranslations("tokens.key");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  useFocusHeir(trigger);
  return (
    <AlertDialog open={open} onOpenChange={setOpen}>
      <AlertDialogTrigger asChild>
        <Button ref={trigger} size="sm">
          {label ?? t("endNow")}
        </Button>
      </AlertDialogTrigger>
      <AlertDialogContent
        title={t("endTitle")}
        description={t("endText", { lastFour: secret.lastFour })}
        footer={
          <>
            <AlertDialogCancel asChild>
              <Button>{t("endKeep")}</Button>
            </AlertDialogCancel>
            <ActionButton
              variant="danger"
              action={endOverlapAction}
              input={{ keyId, secretId: secret.id }}
              onSuccess={() => {
                setOpen(false);
                toast.success(t("endDone"));
                router.refresh();
              }}
            >
              {t("endSubmit")}
            </ActionButton>
          </>
        }
      />
    </AlertDialog>
  );
}

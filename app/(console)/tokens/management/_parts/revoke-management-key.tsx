"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { forgetSecrets } from "@/components/data/secret-memory";
import { ActionButton } from "@/components/form/action-button";
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogTrigger,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { returnFocus, useFocusHeir } from "../../_parts/return-focus";
import { revokeManagementKeyAction } from "../actions";

/** Ends a management key, after asking. */
export function RevokeManagementKey({ of }: { of: { id: string; name: string } }) {
  const t = useTranslations("tokens.management");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  useFocusHeir(trigger);
  return (
    <AlertDialog open={open} onOpenChange={setOpen}>
      <AlertDialogTrigger asChild>
        <Button ref={trigger} size="sm" aria-label={t("revokeNamed", { name: of.name })}>
          {t("revoke")}
        </Button>
      </AlertDialogTrigger>
      <AlertDialogContent
        title={<span className="break-words">{t("revokeTitle", { name: of.name })}</span>}
        description={t("revokeText")}
        onCloseAutoFocus={returnFocus(trigger)}
        footer={
          <>
            <AlertDialogCancel asChild>
              <Button>{t("keep")}</Button>
            </AlertDialogCancel>
            <ActionButton
              variant="danger"
              action={revokeManagementKeyAction}
              input={{ keyId: of.id }}
              onSuccess={() => {
                forgetSecrets(of.id);
                setOpen(false);
                toast.success(t("revoked", { name: of.name }));
                router.refresh();
              }}
            >
              {t("revokeSubmit")}
            </ActionButton>
          </>
        }
      />
    </AlertDialog>
  );
}

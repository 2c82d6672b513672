"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { RefObject } from "react";
import { forgetSecrets } from "@/components/data/secret-memory";
import { ActionButton } from "@/components/form/action-button";
import { AlertDialog, AlertDialogCancel, AlertDialogContent } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { revokeKeyAction } from "../actions";
import { returnFocus } from "./return-focus";

/** Asks before a key ends for good, and says what that means. */
export function RevokeDialog({
  revoking,
  open,
  onOpenChange,
  opener,
}: {
  revoking: { id: string; name: string };
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** What the keyboard goes back to. */
  opener: RefObject<HTMLElement | null>;
}) {
  const t = useTranslations("tokens.revoke");
  const router = useRouter();
  return (
    <AlertDialog open={open} onOpenChange={onOpenChange}>
      <AlertDialogContent
        title={<span className="break-words">{t("title", { name: revoking.name })}</span>}
        description={t("text")}
        onCloseAutoFocus={returnFocus(opener)}
        footer={
          <>
            <AlertDialogCancel asChild>
              <Button>{t("keep")}</Button>
            </AlertDialogCancel>
            <ActionButton
              variant="danger"
              action={revokeKeyAction}
              input={{ keyId: revoking.id }}
              onSuccess={() => {
                forgetSecrets(revoking.id);
                onOpenChange(false);
                toast.success(t("done", { name: revoking.name }));
                router.refresh();
              }}
            >
              {t("submit")}
            </ActionButton>
          </>
        }
      />
    </AlertDialog>
  );
}

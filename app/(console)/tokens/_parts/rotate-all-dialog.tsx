"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type RefObject, useState } from "react";
import { rememberSecret } from "@/components/data/secret-memory";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { SubmitButton } from "@/components/form/submit-button";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import { rotateAllKeysAction } from "../actions";
import type { NamedSecret } from "./env-lines";
import { type OverlapChoice, OverlapFields, stopsAtOnce } from "./overlap-fields";
import { returnFocus } from "./return-focus";
import { SecretHandout } from "./secret-handout";

/**
 * For an incident: replaces the secret of every key that lives. The new ones stand in this dialog's memory until
 * it is told that they are stored.
 */
export function RotateAllDialog({
  open,
  onOpenChange,
  opener,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  opener: RefObject<HTMLElement | null>;
}) {
  const t = useTranslations("tokens.all");
  const router = useRouter();
  const [choice, setChoice] = useState<OverlapChoice>("leaked");
  const [fresh, setFresh] = useState<readonly NamedSecret[] | null>(null);

  function finish() {
    onOpenChange(false);
    setFresh(null);
  }

  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={fresh ? t("doneTitle", { count: fresh.length }) : t("title")}
        description={fresh ? t("doneText") : t("text")}
        locked={fresh !== null}
        onCloseAutoFocus={returnFocus(opener)}
        className={fresh ? "max-w-2xl" : ""}
      >
        {fresh ? (
          <SecretHandout secrets={fresh} onStored={finish} />
        ) : (
          <Form
            action={rotateAllKeysAction}
            onSuccess={(keys) => {
              if (keys.length === 0) {
                toast.success(t("none"));
                onOpenChange(false);
                return;
              }
              for (const { id, secret } of keys) rememberSecret(id, secret);
              setFresh(keys);
              router.refresh();
            }}
          >
            <OverlapFields
              choice={choice}
              onChoose={setChoice}
              leakedLabel={t("leaked")}
              leakedHint={t("leakedHint")}
            />
            {choice === "leaked" ? null : (
              <Alert tone="soon" title={t("warnTitle")}>
                {t(stopsAtOnce(choice) ? "warnNow" : "warnLater")}
              </Alert>
            )}
            <FormActions>
              <DialogClose asChild>
                <Button>{t("cancel")}</Button>
              </DialogClose>
              <SubmitButton variant="danger">{t("submit")}</SubmitButton>
            </FormActions>
          </Form>
        )}
      </DialogContent>
    </Dialog>
  );
}

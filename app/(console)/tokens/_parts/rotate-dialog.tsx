"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { type RefObject, useState } from "react";
import { RelativeTime } from "@/components/data/relative-time";
import { rememberSecret } from "@/components/data/secret-memory";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { SubmitButton } from "@/components/form/submit-button";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { rotateKeyAction } from "../actions";
import { type OverlapChoice, OverlapFields, stopsAtOnce } from "./overlap-fields";
import { returnFocus } from "./return-focus";

/** Replaces a key's secret. Afterwards the page that it was opened from shows the new one, once. */
export function RotateDialog({
  rotating,
  open,
  onOpenChange,
  opener,
}: {
  rotating: { id: string; name: string; olderEndsAt: Date | null };
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** What the keyboard goes back to. */
  opener: RefObject<HTMLElement | null>;
}) {
  const t = useTranslations("tokens.rotate");
  const [choice, setChoice] = useState<OverlapChoice>("24h");
  const atOnce = stopsAtOnce(choice);
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams();
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={<span className="break-words">{t("title", { name: rotating.name })}</span>}
        description={t("text")}
        onCloseAutoFocus={returnFocus(opener)}
      >
        <Form
          action={rotateKeyAction}
          onSuccess={({ key, secret }) => {
            rememberSecret(key.id, secret);
            onOpenChange(false);
            const next = new URLSearchParams(params);
            next.delete("new");
            next.set("shown", key.id);
            router.replace(`${pathname}?${next}`);
            router.refresh();
          }}
        >
          <input type="hidden" name="keyId" value={rotating.id} />
          <OverlapFields
            choice={choice}
            onChoose={setChoice}
            leakedLabel={t("leaked")}
            leakedHint={t("leakedHint")}
          />
          {rotating.olderEndsAt ? (
            <Alert tone="soon">
              {t.rich("older", { at: () => <RelativeTime at={rotating.olderEndsAt ?? ""} /> })}
            </Alert>
          ) : null}
          <FormActions>
            <DialogClose asChild>
              <Button>{t("cancel")}</Button>
            </DialogClose>
            <SubmitButton variant={atOnce ? "danger" : "primary"}>
              {t(atOnce ? "submitNow" : "submit")}
            </SubmitButton>
          </FormActions>
        </Form>
      </DialogContent>
    </Dialog>
  );
}

"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { RelativeTime } from "@/components/data/relative-time";
import { rememberSecret } from "@/components/data/secret-memory";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { RadioField } from "@/components/form/radio-field";
import { SubmitButton } from "@/components/form/submit-button";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { rotateKeyAction } from "../actions";

const OVERLAPS = [
  { seconds: "0", name: "leaked" },
  { seconds: "3600", name: "hour" },
  { seconds: "86400", name: "day" },
  { seconds: "604800", name: "week" },
] as const;

/** Replaces a key's secret. Afterwards the page that it was opened from shows the new one, once. */
export function RotateDialog({
  rotating,
  open,
  onOpenChange,
}: {
  rotating: { id: string; name: string; olderEndsAt: Date | null };
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const t = useTranslations("tokens.rotate");
  const [overlap, setOverlap] = useState("86400");
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams();
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={<span className="break-words">{t("title", { name: rotating.name })}</span>}
        description={t("text")}
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
          <RadioField
            name="overlapSeconds"
            label={t("when")}
            defaultValue={overlap}
            onValueChange={setOverlap}
            choices={OVERLAPS.map(({ seconds, name }) => ({
              value: seconds,
              label: t(name),
              hint: t(`${name}Hint`),
            }))}
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
            <SubmitButton variant={overlap === "0" ? "danger" : "primary"}>
              {t(overlap === "0" ? "submitNow" : "submit")}
            </SubmitButton>
          </FormActions>
        </Form>
      </DialogContent>
    </Dialog>
  );
}

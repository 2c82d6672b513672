"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { RefObject } from "react";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { SubmitButton } from "@/components/form/submit-button";
import { TextField } from "@/components/form/text-field";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import { setKeyReminderAction } from "../actions";
import { returnFocus } from "./return-focus";

/** After how many days a secret is old: marked in the list, and its owner told by mail. */
export function ReminderDialog({
  days,
  open,
  onOpenChange,
  opener,
}: {
  days: number;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  opener: RefObject<HTMLElement | null>;
}) {
  const t = useTranslations("tokens.reminder");
  const router = useRouter();
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={t("title")} description={t("text")} onCloseAutoFocus={returnFocus(opener)}>
        <Form
          action={setKeyReminderAction}
          onSuccess={(saved) => {
            onOpenChange(false);
            toast.success(t(saved.days === 0 ? "savedNever" : "saved", { days: saved.days }));
            router.refresh();
          }}
        >
          <TextField
            name="days"
            label={t("days")}
            hint={t("hint")}
            inputMode="numeric"
            autoComplete="off"
            required
            defaultValue={String(days)}
            className="max-w-40"
          />
          <FormActions>
            <DialogClose asChild>
              <Button>{t("cancel")}</Button>
            </DialogClose>
            <SubmitButton>{t("submit")}</SubmitButton>
          </FormActions>
        </Form>
      </DialogContent>
    </Dialog>
  );
}

"use client";

import { Pencil } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { SubmitButton } from "@/components/form/submit-button";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import type { KeyLimits } from "@/lib/keys/types";
import { LimitFields } from "../../_parts/limit-fields";
import { NameField } from "../../_parts/name-field";
import { updateKeyAction } from "../../actions";
import { StaleEdit } from "./stale-edit";

/** Name and limits, changed all at once. Someone else's change meanwhile is not written over. */
export function EditKey({
  editing,
  modelIds,
}: {
  editing: { id: string; name: string; limits: KeyLimits; updatedAt: Date };
  modelIds: readonly string[];
}) {
  const t = useTranslations("tokens");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm">
          <Pencil aria-hidden="true" />
          {t("edit.action")}
        </Button>
      </DialogTrigger>
      <DialogContent title={t("edit.title")} description={t("edit.text")}>
        <Form
          action={updateKeyAction}
          onSuccess={() => {
            setOpen(false);
            toast.success(t("edit.saved"));
            router.refresh();
          }}
        >
          <input type="hidden" name="keyId" value={editing.id} />
          <input type="hidden" name="updatedAt" value={editing.updatedAt.toISOString()} />
          <NameField defaultValue={editing.name} />
          <LimitFields modelIds={modelIds} limits={editing.limits} />
          <StaleEdit
            onReload={() => {
              setOpen(false);
              router.refresh();
            }}
          />
          <FormActions>
            <DialogClose asChild>
              <Button>{t("new.cancel")}</Button>
            </DialogClose>
            <SubmitButton>{t("edit.submit")}</SubmitButton>
          </FormActions>
        </Form>
      </DialogContent>
    </Dialog>
  );
}

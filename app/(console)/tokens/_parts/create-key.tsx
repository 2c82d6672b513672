"use client";

import { Plus } from "lucide-react";
import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { rememberSecret } from "@/components/data/secret-memory";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { SubmitButton } from "@/components/form/submit-button";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { createKeyAction } from "../actions";
import { LimitFields } from "./limit-fields";
import { NameField } from "./name-field";
import { SafetyNote } from "./safety-rules";

/** The button and its dialog. Links to `/tokens?new=1` open it, also from this page; closing it takes that back. */
export function CreateKey({
  modelIds,
  suggestions,
}: {
  modelIds: readonly string[];
  suggestions: readonly string[];
}) {
  const t = useTranslations("tokens");
  const router = useRouter();
  const params = useSearchParams();
  const asked = params.has("new");
  const [open, setOpen] = useState(asked);
  const [before, setBefore] = useState(asked);
  if (asked !== before) {
    setBefore(asked);
    if (asked) setOpen(true);
  }

  function change(next: boolean) {
    setOpen(next);
    if (next || !asked) return;
    const rest = new URLSearchParams(params);
    rest.delete("new");
    window.history.replaceState(null, "", rest.size > 0 ? `/tokens?${rest}` : "/tokens");
  }

  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Plus aria-hidden="true" />
          {t("create")}
        </Button>
      </DialogTrigger>
      <DialogContent title={t("new.title")} description={t("new.text")}>
        <Form
          action={createKeyAction}
          onSuccess={({ key, secret }) => {
            rememberSecret(key.id, secret);
            setOpen(false);
            router.replace(`/tokens?shown=${key.id}`);
          }}
        >
          <NameField suggestions={suggestions} autoFocus />
          <LimitFields modelIds={modelIds} />
          <SafetyNote />
          <FormActions>
            <DialogClose asChild>
              <Button>{t("new.cancel")}</Button>
            </DialogClose>
            <SubmitButton>{t("new.submit")}</SubmitButton>
          </FormActions>
        </Form>
      </DialogContent>
    </Dialog>
  );
}

"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { rememberSecret } from "@/components/data/secret-memory";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { SubmitButton } from "@/components/form/submit-button";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { ExpiryField } from "../../_parts/expiry-field";
import { NameField } from "../../_parts/name-field";
import { RangesField } from "../../_parts/ranges-field";
import { SafetyNote } from "../../_parts/safety-rules";
import { createManagementKeyAction } from "../actions";

const SUGGESTIONS = ["Terraform", "Customer portal", "CI"];

/** The button and its dialog. A workspace that has as many as it may is told so instead. */
export function CreateManagementKey({ full, max }: { full: boolean; max: number }) {
  const t = useTranslations("tokens.management");
  const create = useTranslations("tokens.new");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  if (full) {
    return (
      <span className="grid gap-1 sm:justify-items-end">
        <Button variant="primary" disabled aria-describedby="management-full">
          <Plus aria-hidden="true" />
          {t("create")}
        </Button>
        <span id="management-full" className="text-ink-2 text-xs">
          {t("full", { max })}
        </span>
      </span>
    );
  }
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Plus aria-hidden="true" />
          {t("create")}
        </Button>
      </DialogTrigger>
      <DialogContent title={t("newTitle")} description={t("newText")}>
        <Form
          action={createManagementKeyAction}
          onSuccess={({ key, secret }) => {
            rememberSecret(key.id, secret);
            setOpen(false);
            router.replace(`/tokens/management?shown=${key.id}`);
          }}
        >
          <NameField suggestions={SUGGESTIONS} autoFocus />
          <ExpiryField expiresAt={null} />
          <RangesField ranges={[]} />
          <SafetyNote />
          <FormActions>
            <DialogClose asChild>
              <Button>{create("cancel")}</Button>
            </DialogClose>
            <SubmitButton>{t("create")}</SubmitButton>
          </FormActions>
        </Form>
      </DialogContent>
    </Dialog>
  );
}

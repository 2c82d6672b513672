"use client";

import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/form/action-button";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { SelectField } from "@/components/form/select-field";
import { SubmitButton } from "@/components/form/submit-button";
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogTrigger,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { deletePromptsAction, setPromptsAction } from "../../_calls/actions";

/** Whether prompts are kept and for how long, and a way to be rid of them all at once. */
export function PromptsForm({
  retentionDays,
  choices,
  kept,
}: {
  retentionDays: number | null;
  choices: readonly number[];
  /** How many calls have theirs kept now. */
  kept: number;
}) {
  const t = useTranslations("settings.prompts");
  return (
    <div className="grid gap-4">
      <Form action={setPromptsAction} onSuccess={() => toast.success(t("saved"))}>
        <SelectField
          key={retentionDays ?? "off"}
          name="retention"
          label={t("label")}
          defaultValue={String(retentionDays ?? "off")}
          choices={[
            { value: "off", label: t("off") },
            ...choices.map((days) => ({ value: String(days), label: t("days", { days }) })),
          ]}
        />
        <FormActions>
          <SubmitButton variant="secondary">{t("save")}</SubmitButton>
        </FormActions>
      </Form>
      {kept > 0 ? (
        <div className="flex flex-wrap items-center justify-between gap-2 border-t pt-4">
          <p className="text-ink-2">{t("kept", { count: kept })}</p>
          <AlertDialog>
            <AlertDialogTrigger asChild>
              <Button variant="danger" size="sm">
                {t("deleteAll")}
              </Button>
            </AlertDialogTrigger>
            <AlertDialogContent
              title={t("deleteTitle")}
              description={t("deleteText", { count: kept })}
              footer={
                <>
                  <AlertDialogCancel asChild>
                    <Button variant="secondary">{t("cancel")}</Button>
                  </AlertDialogCancel>
                  <ActionButton
                    action={deletePromptsAction}
                    input={{}}
                    variant="danger"
                    onSuccess={({ deleted }) => toast.success(t("deleted", { count: deleted }))}
                  >
                    {t("deleteAll")}
                  </ActionButton>
                </>
              }
            />
          </AlertDialog>
        </div>
      ) : null}
    </div>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { CopyBlock } from "@/components/data/copy-block";
import { FieldError } from "@/components/form/field";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { Textarea } from "@/components/ui/textarea";
import { FIELDS, type FieldName, holdsSecret, supportText } from "./support-text";

/** The support bundle: typed here, copied from here, sent nowhere. */
export function SupportForm({ apiUrl }: { apiUrl: string }) {
  const t = useTranslations("doctor.support");
  const id = useId();
  const [values, setValues] = useState<Record<FieldName, string>>({
    time: "",
    requestId: "",
    client: "",
    url: `${apiUrl}/v1`,
    model: "",
    code: "",
    size: "",
    keyStart: "",
    what: "",
  });
  const labels = Object.fromEntries(FIELDS.map((name) => [name, t(`fields.${name}`)])) as Record<
    FieldName,
    string
  >;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-8 lg:grid-cols-2">
      <div className="grid gap-4">
        {FIELDS.map((name) => {
          const secret = holdsSecret(values[name]);
          const props = {
            id: `${id}-${name}`,
            value: values[name],
            autoComplete: "off",
            spellCheck: name === "what",
            maxLength: name === "what" ? 2_000 : 200,
            "aria-invalid": secret ? true : undefined,
            "aria-describedby": secret ? `${id}-${name}-error` : `${id}-${name}-hint`,
            onChange: (event: { target: { value: string } }) =>
              setValues({ ...values, [name]: event.target.value }),
          } as const;
          return (
            <div key={name} className="grid gap-1.5">
              <Label htmlFor={props.id}>{labels[name]}</Label>
              {name === "what" ? <Textarea rows={4} {...props} /> : <Input {...props} />}
              <FieldError id={`${id}-${name}-error`} error={secret ? t("secret") : undefined} />
              <p id={`${id}-${name}-hint`} className="text-ink-3 text-xs">
                {t(`hints.${name}`)}
              </p>
            </div>
          );
        })}
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 lg:sticky lg:top-20">
        <CopyBlock title={t("bundle")} filename="support.txt" code={supportText(labels, values)} wrap />
        <p className="max-w-prose text-ink-2">{t("never")}</p>
      </div>
    </div>
  );
}

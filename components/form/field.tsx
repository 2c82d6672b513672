"use client";

import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { cn } from "@/components/ui/cn";
import { Label } from "@/components/ui/label";
import { useFieldState } from "./form-context";

/** What a control must carry to belong to its field; spread it on any input. */
export interface ControlProps {
  id: string;
  name: string;
  required: boolean | undefined;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

export interface FieldProps {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  optional?: boolean;
  required?: boolean;
  className?: string;
}

/** Label, control, hint and error of one field. `children` gets the control's props and what was typed before. */
export function Field({
  name,
  label,
  hint,
  optional = false,
  required = false,
  className,
  aside,
  children,
}: FieldProps & {
  aside?: ReactNode;
  children: (control: ControlProps, typed: string | undefined) => ReactNode;
}) {
  const id = useId();
  const { error, typed } = useFieldState(name);
  const t = useTranslations("ui");
  // The message says what the hint says, and what is wrong besides: only one of them stands there.
  const describedBy = error ? `${id}-error` : hint ? `${id}-hint` : undefined;
  const control: ControlProps = {
    id,
    name,
    required: required || undefined,
    "aria-describedby": describedBy,
    "aria-invalid": error ? true : undefined,
  };
  return (
    <div className={cn("grid min-w-0 content-start gap-1.5", className)}>
      <div className="flex items-baseline justify-between gap-3">
        <Label htmlFor={id}>
          {label}{" "}
          {optional ? <span className="ml-0.5 font-normal text-ink-3 text-xs">{t("optional")}</span> : null}
        </Label>
        {aside}
      </div>
      {children(control, typed)}
      <FieldError id={`${id}-error`} error={error} />
      {hint && !error ? (
        <p id={`${id}-hint`} className="text-ink-3 text-xs">
          {hint}
        </p>
      ) : null}
    </div>
  );
}

/** The message by a field. */
export function FieldError({ id, error }: { id: string; error: string | undefined }) {
  if (!error) return null;
  return (
    <p id={id} className="flex gap-1.5 text-danger-text text-xs">
      <CircleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0" />
      {error}
    </p>
  );
}

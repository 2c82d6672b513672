"use client";

import type { ComponentProps } from "react";
import { Textarea } from "@/components/ui/textarea";
import { Field, type FieldProps } from "./field";

/** Several lines of text. */
export function TextareaField({
  name,
  label,
  hint,
  optional = false,
  required = false,
  className,
  defaultValue,
  ...rest
}: FieldProps & Omit<ComponentProps<"textarea">, keyof FieldProps>) {
  return (
    <Field {...{ name, label, hint, optional, required }} {...(className ? { className } : {})}>
      {(control, typed) => <Textarea {...rest} {...control} defaultValue={typed ?? defaultValue} />}
    </Field>
  );
}

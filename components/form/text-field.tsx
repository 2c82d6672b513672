"use client";

import type { ComponentProps, ReactNode } from "react";
import { Input } from "@/components/ui/input";
import { Field, type FieldProps } from "./field";

/** One line of text. `aside` stands at the end of the label's row, for example a link. */
export function TextField({
  name,
  label,
  hint,
  optional = false,
  required = false,
  className,
  aside,
  defaultValue,
  ...rest
}: FieldProps & { aside?: ReactNode } & Omit<ComponentProps<"input">, keyof FieldProps>) {
  return (
    <Field {...{ name, label, hint, optional, required, aside }} {...(className ? { className } : {})}>
      {(control, typed) => <Input {...rest} {...control} defaultValue={typed ?? defaultValue} />}
    </Field>
  );
}

"use client";

import type { ReactNode } from "react";
import { Select, SelectContent, SelectItem, SelectTrigger } from "@/components/ui/select";
import { Field, type FieldProps } from "./field";

export interface Choice {
  value: string;
  label: ReactNode;
  disabled?: boolean;
}

/** One of a few choices in a list. For two or three that need a sentence each, use RadioField. */
export function SelectField({
  name,
  label,
  hint,
  optional = false,
  required = false,
  className,
  choices,
  placeholder,
  defaultValue,
  onValueChange,
}: FieldProps & {
  choices: Choice[];
  placeholder?: string;
  defaultValue?: string;
  onValueChange?: (value: string) => void;
}) {
  return (
    <Field {...{ name, label, hint, optional, required }} {...(className ? { className } : {})}>
      {({ id, name: inputName, required: must, ...aria }, typed) => {
        const start = typed ?? defaultValue;
        return (
          <Select
            name={inputName}
            {...(must ? { required: must } : {})}
            {...(start === undefined ? {} : { defaultValue: start })}
            {...(onValueChange ? { onValueChange } : {})}
          >
            <SelectTrigger id={id} placeholder={placeholder} {...aria} />
            <SelectContent>
              {choices.map((choice) => (
                <SelectItem key={choice.value} value={choice.value} disabled={choice.disabled ?? false}>
                  {choice.label}
                </SelectItem>
              ))}
            </SelectContent>
          </Select>
        );
      }}
    </Field>
  );
}

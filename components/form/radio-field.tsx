"use client";

import { type ReactNode, useId } from "react";
import { cn } from "@/components/ui/cn";
import { RadioCard, RadioGroup } from "@/components/ui/radio-group";
import { FieldError } from "./field";
import { useFieldState } from "./form-context";
import type { Choice } from "./select-field";

/** A few choices that are all worth seeing, each with a sentence. */
export function RadioField({
  name,
  label,
  hint,
  choices,
  defaultValue,
  onValueChange,
  className,
}: {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  choices: (Choice & { hint?: ReactNode })[];
  defaultValue?: string;
  onValueChange?: (value: string) => void;
  className?: string;
}) {
  const id = useId();
  const { error, typed } = useFieldState(name);
  const start = typed ?? defaultValue;
  return (
    <fieldset className="grid gap-1.5" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1.5 font-medium">{label}</legend>
      {hint ? <p className="-mt-1 text-ink-3 text-xs">{hint}</p> : null}
      <RadioGroup
        name={name}
        className={cn(className)}
        {...(start === undefined ? {} : { defaultValue: start })}
        {...(onValueChange ? { onValueChange } : {})}
      >
        {choices.map((choice) => (
          <RadioCard
            key={choice.value}
            value={choice.value}
            label={choice.label}
            hint={choice.hint}
            disabled={choice.disabled ?? false}
          />
        ))}
      </RadioGroup>
      <FieldError id={`${id}-error`} error={error} />
    </fieldset>
  );
}

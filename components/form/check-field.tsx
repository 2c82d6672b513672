"use client";

import { type ReactNode, useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";
import { Switch } from "@/components/ui/switch";
import { FieldError } from "./field";
import { useFieldState } from "./form-context";

/** A yes or no with its label beside it. `as="switch"` for a setting that is on or off. */
export function CheckField({
  name,
  label,
  hint,
  value = "on",
  defaultChecked = false,
  as = "checkbox",
  disabled = false,
  className,
}: {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  value?: string;
  defaultChecked?: boolean;
  as?: "checkbox" | "switch";
  disabled?: boolean;
  className?: string;
}) {
  const id = useId();
  const { error } = useFieldState(name);
  const Control = as === "switch" ? Switch : Checkbox;
  return (
    <div className={cn("flex gap-2.5", as === "switch" && "flex-row-reverse justify-between", className)}>
      <Control
        id={id}
        name={name}
        value={value}
        defaultChecked={defaultChecked}
        disabled={disabled}
        aria-invalid={error ? true : undefined}
        aria-describedby={hint || error ? `${id}-about` : undefined}
        className={as === "switch" ? "" : "mt-0.5"}
      />
      <div className="min-w-0">
        <label htmlFor={id} className="block font-medium">
          {label}
        </label>
        <div id={`${id}-about`}>
          {hint ? <p className="text-ink-2">{hint}</p> : null}
          <FieldError id={`${id}-error`} error={error} />
        </div>
      </div>
    </div>
  );
}

"use client";

import { Eye, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentProps, type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Field, type FieldProps } from "./field";

/** A password with a switch to look at it. Give `autoComplete`: `current-password` or `new-password`. */
export function PasswordField({
  name,
  label,
  hint,
  required = false,
  className,
  aside,
  ...rest
}: Omit<FieldProps, "optional"> & { aside?: ReactNode; autoComplete: string } & Omit<
    ComponentProps<"input">,
    keyof FieldProps | "type"
  >) {
  const [shown, setShown] = useState(false);
  const t = useTranslations("ui");
  return (
    <Field {...{ name, label, hint, required, aside }} {...(className ? { className } : {})}>
      {(control) => (
        <div className="relative">
          <Input
            {...rest}
            {...control}
            type={shown ? "text" : "password"}
            autoCapitalize="off"
            spellCheck={false}
            className="pr-10"
          />
          <Button
            variant="ghost"
            size="icon-sm"
            className="absolute top-1/2 right-0.5 -translate-y-1/2"
            aria-label={shown ? t("hidePassword") : t("showPassword")}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
          >
            {shown ? <EyeOff aria-hidden="true" /> : <Eye aria-hidden="true" />}
          </Button>
        </div>
      )}
    </Field>
  );
}

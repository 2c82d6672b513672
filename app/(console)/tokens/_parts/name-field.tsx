"use client";

import { useTranslations } from "next-intl";
import { useRef } from "react";
import { Field } from "@/components/form/field";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";

/** The name of a key, with some that one might give: a press fills one in, to be typed on. */
export function NameField({
  suggestions = [],
  defaultValue,
  autoFocus = false,
}: {
  suggestions?: readonly string[];
  defaultValue?: string;
  autoFocus?: boolean;
}) {
  const t = useTranslations("tokens.new");
  const input = useRef<HTMLInputElement>(null);

  function fill(name: string) {
    const element = input.current;
    if (!element) return;
    // Through the element's own setter and an event, so that the form knows of it as if it had been typed.
    element.value = name;
    element.dispatchEvent(new Event("input", { bubbles: true }));
    element.focus();
  }

  return (
    <div className="grid gap-2">
      <Field name="name" label={t("name")} hint={t("nameHint")} required>
        {(control, typed) => (
          <Input
            {...control}
            ref={input}
            autoComplete="off"
            autoFocus={autoFocus}
            defaultValue={typed ?? defaultValue}
          />
        )}
      </Field>
      {suggestions.length > 0 ? (
        <ul aria-label={t("suggestions")} className="flex flex-wrap gap-1.5">
          {suggestions.map((name) => (
            <li key={name}>
              <Button size="sm" className="font-normal" onClick={() => fill(name)}>
                {name}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

"use client";

import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useSyncExternalStore } from "react";
import { Field } from "@/components/form/field";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { SubmitButton } from "@/components/form/submit-button";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { CONTROL } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { setTimeZoneAction } from "../actions";

const never = () => () => {};

/** The zone to read times in. A plain select: 400 zones, and every system's own way to search them. */
export function TimeZoneForm({ timeZone, zones }: { timeZone: string; zones: string[] }) {
  const t = useTranslations("settings.profile");
  const select = useRef<HTMLSelectElement>(null);
  const own = useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => timeZone,
  );
  const choices = zones.includes(timeZone) ? zones : [timeZone, ...zones];
  return (
    <Form action={setTimeZoneAction} onSuccess={() => toast.success(t("saved"))}>
      <Field
        name="timeZone"
        label={t("label")}
        aside={
          own !== timeZone && choices.includes(own) ? (
            <Button
              variant="quiet"
              size="sm"
              className="h-auto px-0"
              onClick={() => {
                if (select.current) select.current.value = own;
              }}
            >
              {t("use", { zone: own })}
            </Button>
          ) : null
        }
      >
        {(control, typed) => (
          <span className="relative">
            <select
              {...control}
              ref={select}
              defaultValue={typed ?? timeZone}
              className={cn(CONTROL, "h-9 appearance-none pr-8 max-sm:text-site sm:h-8")}
            >
              {choices.map((zone) => (
                <option key={zone} value={zone}>
                  {zone.replaceAll("_", " ")}
                </option>
              ))}
            </select>
            <ChevronDown
              aria-hidden="true"
              className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-ink-3"
            />
          </span>
        )}
      </Field>
      <FormActions>
        <SubmitButton variant="secondary">{t("save")}</SubmitButton>
      </FormActions>
    </Form>
  );
}

import { createTranslator } from "next-intl";
import { loadMessages } from "@/lib/messages/load";

const errors = createTranslator({ locale: "en", messages: loadMessages(), namespace: "errors" });

/** A refusal's sentence outside of pages, or null when the catalogue does not know it. */
export function errorText(key: string, values: Record<string, string | number> = {}): string | null {
  const known = key as Parameters<typeof errors>[0];
  return errors.has(known) ? errors(known, values as never) : null;
}

import { createTranslator } from "next-intl";
import { loadMessages } from "@/lib/messages/load";

/** The command line's part of the text catalogue. */
export const text = createTranslator({ locale: "en", messages: loadMessages(), namespace: "cli" });

const errors = createTranslator({ locale: "en", messages: loadMessages(), namespace: "errors" });

/** A refusal's sentence, or null when the catalogue does not know it. */
export function errorText(key: string, values: Record<string, string | number> = {}): string | null {
  const known = key as Parameters<typeof errors>[0];
  return errors.has(known) ? errors(known, values as never) : null;
}

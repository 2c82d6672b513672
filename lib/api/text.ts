import { createTranslator } from "next-intl";
import { loadMessages } from "@/lib/messages/load";

/** The management API's part of the text catalogue: what its document and its reference page say. */
export const text = createTranslator({ locale: "en", messages: loadMessages(), namespace: "api" });

/** What a field means, for the document. */
export function about(field: string): string {
  return text(`fields.${field}` as "fields.name");
}

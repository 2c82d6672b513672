import { createTranslator } from "next-intl";
import { loadMessages } from "@/lib/messages/load";

/** The command line's part of the text catalogue. */
export const text = createTranslator({ locale: "en", messages: loadMessages(), namespace: "cli" });

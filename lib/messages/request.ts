import { getRequestConfig } from "next-intl/server";
import { loadMessages, type Messages } from "@/lib/messages/load";

declare module "next-intl" {
  interface AppConfig {
    Locale: "en";
    Messages: Messages;
  }
}

/** Text is rendered in English; times in UTC until the browser knows its own zone. */
export default getRequestConfig(async () => ({
  locale: "en",
  messages: loadMessages(),
  timeZone: "UTC",
  now: new Date(),
}));

import { NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import { type Area, CLIENT_AREAS } from "@/lib/messages/load";

/**
 * Sends the text of the frame and of the named areas to client components below it. A page whose client
 * components call `useTranslations("tokens")` wraps them in `<ClientMessages areas={["tokens"]}>`.
 */
export async function ClientMessages({ areas = [], children }: { areas?: Area[]; children: ReactNode }) {
  const messages = await getMessages();
  const names = new Set<Area>([...CLIENT_AREAS, ...areas]);
  const picked = Object.fromEntries([...names].map((name) => [name, messages[name]]));
  return <NextIntlClientProvider messages={picked}>{children}</NextIntlClientProvider>;
}

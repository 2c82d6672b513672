"use client";

import { useTranslations } from "next-intl";
import { fillText } from "@/lib/clients/fill-text";
import type { Setup } from "./use-setup";

/** What goes wrong with this client, and what to do about each. */
export function KnownMistakes({ setup }: { setup: Setup }) {
  const t = useTranslations("setup.mistakes");
  const { client, facts } = setup;
  return (
    <section aria-labelledby="mistakes">
      <h2 id="mistakes" className="mb-2 font-medium">
        {t("title")}
      </h2>
      <ul className="divide-y border-y">
        {client.mistakes.map(({ mistake, fix }) => (
          <li key={mistake} className="py-2.5 [overflow-wrap:anywhere]">
            <p>{fillText(mistake, facts)}</p>
            <p className="mt-0.5 text-ink-2 text-xs">{fillText(fix, facts)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

import { html } from "@/lib/sandbox/stripe/pages/html";
import type { Page } from "@/lib/sandbox/stripe/pages/layout";

/** A page that only says something, with one way on. */
export function messagePage(
  status: number,
  title: string,
  text: string,
  link?: { href: string; label: string } | null,
): Page {
  return {
    status,
    title: `${title} (stand-in)`,
    layout: "narrow",
    body: html`<section class="card"><h2>${title}</h2><p>${text}</p>${link ? html`<a class="button" href="${link.href}">${link.label}</a>` : null}</section>`,
  };
}

import { createHash } from "node:crypto";
import { Html, html } from "@/lib/sandbox/stripe/pages/html";
import { STYLES } from "@/lib/sandbox/stripe/pages/styles";

const STYLE_HASH = `'sha256-${createHash("sha256").update(STYLES).digest("base64")}'`;

export interface Page {
  status: number;
  title: string;
  layout: "pay" | "narrow";
  body: Html;
  /** Where the form's answer may lead: browsers hold redirects after a form to `form-action` too. */
  formTargets?: string[];
}

/** The whole document with its headers. No script runs on it, and it cannot be framed. */
export function renderPage(page: Page): { status: number; headers: Record<string, string>; text: string } {
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${page.title}</title>
<style>${new Html(STYLES)}</style>
</head>
<body>
<header class="notice"><strong>Stand-in for Stripe.</strong> It runs on this machine for trying things out. No money moves, and no card is needed.</header>
<main class="${page.layout}">${page.body}</main>
</body>
</html>`;
  const formAction = ["'self'", ...(page.formTargets ?? [])].join(" ");
  return {
    status: page.status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": `default-src 'none'; style-src ${STYLE_HASH}; form-action ${formAction}; base-uri 'none'; frame-ancestors 'none'`,
      "referrer-policy": "same-origin",
      "x-content-type-options": "nosniff",
    },
    text: document.text,
  };
}

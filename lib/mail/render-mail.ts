import { createTranslator } from "next-intl";
import { env } from "@/lib/env";
import { loadMessages } from "@/lib/messages/load";

export type MailTemplate =
  | "verify_email"
  | "account_exists"
  | "reset_password"
  | "password_changed"
  | "change_email"
  | "change_email_taken"
  | "change_email_notice"
  | "email_changed"
  | "key_leaked"
  | "key_leaked_old"
  | "keys_old"
  | "keys_expiring"
  | "keys_expired"
  | "balance_low"
  | "budget_near"
  | "budget_used"
  | "credit_expiring"
  | "payment_disputed"
  | "top_up_done"
  | "top_up_failed"
  | "top_up_needs_you";

export interface MailContent {
  template: MailTemplate;
  values?: Record<string, string | number>;
  /** Where the mail's one button leads: a path on this installation. */
  path?: string;
}

export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
}

function escapeHtml(text: string): string {
  const names: Record<string, string> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "#39" };
  return text.replace(/[&<>"']/g, (character) => `&${names[character]};`);
}

/** The mail as plain text and as the same words in simple HTML, from the text catalogue. */
export function renderMail({ template, values = {}, path }: MailContent): RenderedMail {
  const origin = env().publicUrl;
  const t = createTranslator({ locale: "en", messages: loadMessages(), namespace: "mail" });
  const say = (part: "subject" | "intro" | "outro") =>
    t(`${template}.${part}`, { origin, ...values } as never);
  const subject = say("subject");
  const intro = say("intro");
  const outro = say("outro");
  const footer = t("footer", { origin });
  const link = path ? `${origin}${path}` : null;
  const label = link ? t(`${template}.action` as "verify_email.action") : "";

  const text = [intro, ...(link ? [link] : []), outro, `-- \n${footer}`].join("\n\n");
  const button = link
    ? `<p style="margin:24px 0"><a href="${escapeHtml(link)}" style="background:#14532d;color:#ffffff;padding:10px 16px;border-radius:6px;text-decoration:none">${escapeHtml(label)}</a></p>\n<p style="color:#555555;font-size:13px">${escapeHtml(link)}</p>`
    : "";
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:32px 16px;font:16px/26px system-ui,sans-serif;color:#1a1a1a">
<div style="max-width:560px;margin:0 auto">
<p>${escapeHtml(intro)}</p>
${button}
<p>${escapeHtml(outro)}</p>
<p style="color:#555555;font-size:13px;border-top:1px solid #dddddd;padding-top:16px">${escapeHtml(footer)}</p>
</div></body></html>
`;
  return { subject, text, html };
}

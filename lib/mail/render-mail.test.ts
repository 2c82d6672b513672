import { describe, expect, it } from "vitest";
import { env } from "@/lib/env";
import { type MailTemplate, renderMail } from "@/lib/mail/render-mail";
import mail from "@/lib/messages/en/mail.json";

const TEMPLATES = Object.keys(mail).filter((name) => name !== "footer") as MailTemplate[];

describe("a mail", () => {
  it.each(TEMPLATES)("%s says the same in text and in HTML, with its link whole", (template) => {
    const key = { name: "ci", key: "sk-tg-…abcd", names: "ci, prod", count: 2, days: 90 };
    const money = { balance: "$1.20", threshold: "$2.00", budget: "$5.00", spent: "$4.10", period: "day" };
    const pay = { amount: "$20.00", pack: "$20 pack", card: "Visa 4242", reason: "declined", stopped: "yes" };
    const values = { newEmail: "ada@example.com", when: "2026-11-21 12:00 UTC", ...key, ...money, ...pay };
    const path = template === "email_changed" ? undefined : "/verify?token=abc&x=1";
    const { subject, text, html } = renderMail({ template, values, ...(path ? { path } : {}) });
    expect(subject).toMatch(/^[^\r\n]{8,70}$/);
    for (const words of [subject, text, html]) expect(words).not.toMatch(/\{\w+\}|undefined|mail\./);
    if (path) {
      expect(text.split("\n")).toContain(`${env().publicUrl}${path}`);
      expect(html).toContain(`href="${env().publicUrl}/verify?token=abc&amp;x=1"`);
    }
    expect(text).toContain(env().publicUrl);
  });

  it("escapes what people typed", () => {
    const { html, text } = renderMail({ template: "email_changed", values: { newEmail: `a"<b>&@x.test` } });
    expect(html).toContain("a&quot;&lt;b&gt;&amp;@x.test");
    expect(text).toContain(`a"<b>&@x.test`);
  });
});

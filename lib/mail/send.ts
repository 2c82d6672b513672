import { sealText } from "@/lib/crypto";
import type { Tx } from "@/lib/db";
import { newId } from "@/lib/ids";
import { type MailContent, renderMail } from "@/lib/mail/render-mail";

/** The worker listens here, so that a mail leaves at once. */
export const MAIL_CHANNEL = "tollgate_mail";

/**
 * Queues a mail in the caller's transaction: it leaves if and only if the change that it tells of is committed.
 * The body is sealed, because the links in it are secrets until they are used.
 */
export async function sendMail(tx: Tx, mail: MailContent & { to: string }): Promise<void> {
  const { subject, text, html } = renderMail(mail);
  const id = newId("mail");
  const bodyCipher = sealText("mail-body", { table: "mails", id }, JSON.stringify({ text, html }));
  // Not the database's now(), which is the same for all mails of one transaction.
  const createdAt = new Date();
  await tx.mail.create({
    data: { id, to: mail.to, subject, template: mail.template, bodyCipher, createdAt },
  });
  await tx.$executeRaw`SELECT pg_notify(${MAIL_CHANNEL}, '')`;
}

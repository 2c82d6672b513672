import { createTransport, type Transporter } from "nodemailer";
import { pool } from "@/lib/db";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { readBody } from "@/lib/mail/read-body";
import { MAIL_CHANNEL } from "@/lib/mail/send";

/** nodemailer's own limits reach an hour; a server that hangs must not hold up the other mails. */
const SMTP_LIMITS_MS = {
  dnsTimeout: 5_000,
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
};

interface DueMail {
  id: string;
  to: string;
  subject: string;
  body_cipher: Uint8Array;
  attempts: number;
}

let transport: Transporter | undefined;

function smtp(smtpUrl: string): Transporter {
  if (transport) return transport;
  const url = new URL(smtpUrl);
  for (const [name, limitMs] of Object.entries(SMTP_LIMITS_MS)) {
    if (!url.searchParams.has(name)) url.searchParams.set(name, String(limitMs));
  }
  const from = env().MAIL_FROM ?? `Tollgate <no-reply@${new URL(env().publicUrl).hostname}>`;
  transport = createTransport(url.toString(), { from });
  return transport;
}

/**
 * Takes the mail that is due first: its next attempt moves 1, 2, 4, ... up to 60 minutes ahead before it is sent,
 * so that no second worker takes it and a crash in between only delays it. One that another takes is skipped.
 */
async function claim(): Promise<DueMail | undefined> {
  const { rows } = await pool().query<DueMail>(
    `UPDATE mails SET attempts = attempts + 1,
            next_attempt_at = now() + make_interval(secs => least(3600, 60 * power(2, least(attempts, 12))))
      WHERE id IN (SELECT id FROM mails
                    WHERE sent_at IS NULL AND body_cipher IS NOT NULL AND next_attempt_at <= now()
                    ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING id, "to", subject, body_cipher, attempts`,
  );
  return rows[0];
}

/** After a day every link in a mail is dead: it is given up and its body is removed. */
async function giveUp(): Promise<void> {
  const { rows } = await pool().query<{ id: string; template: string; last_error: string | null }>(
    `UPDATE mails SET body_cipher = NULL
      WHERE sent_at IS NULL AND body_cipher IS NOT NULL AND created_at < now() - interval '24 hours'
      RETURNING id, template, last_error`,
  );
  for (const { id, template, last_error } of rows) {
    log.error({ mailId: id, template, lastError: last_error }, "mail given up after a day");
  }
}

async function deliver(mail: DueMail, url: string): Promise<void> {
  try {
    const { text, html } = readBody(mail.id, mail.body_cipher);
    const headers = { "Auto-Submitted": "auto-generated" };
    await smtp(url).sendMail({ to: mail.to, subject: mail.subject, text, html, headers });
    await pool().query(
      "UPDATE mails SET sent_at = now(), body_cipher = NULL, last_error = NULL WHERE id = $1",
      [mail.id],
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await pool().query("UPDATE mails SET last_error = $2 WHERE id = $1", [mail.id, reason.slice(0, 500)]);
    log.warn({ mailId: mail.id, attempts: mail.attempts, reason }, "mail not sent, will be tried again");
  }
}

/** Sends what is due and answers how many were tried. With the mail stand-in nothing leaves: see /sandbox/mail. */
async function run(): Promise<number> {
  const { SMTP_URL, standIns } = env();
  if (standIns.has("mail") || !SMTP_URL) return 0;
  await giveUp();
  let tried = 0;
  for (let mail = await claim(); mail; mail = await claim()) {
    await deliver(mail, SMTP_URL);
    tried += 1;
  }
  return tried;
}

/** For the worker's loop; it may also run when the channel is notified. */
export const sendMailJob = { name: "send-mail", everyMs: 5_000, channel: MAIL_CHANNEL, run };

import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { notFound } from "@/lib/errors";
import { readBody } from "@/lib/mail/read-body";

export interface OutboxMail {
  id: string;
  to: string;
  subject: string;
  text: string;
  createdAt: Date;
}

const SHOWN = 50;

/** The last mails that the stand-in kept instead of sending, newest first. Throws `not_found` without it. */
export async function listOutbox(): Promise<OutboxMail[]> {
  if (!env().standIns.has("mail")) throw notFound("page");
  const rows = await db().mail.findMany({
    where: { bodyCipher: { not: null } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: SHOWN,
  });
  return rows.flatMap(({ id, to, subject, bodyCipher, createdAt }) =>
    bodyCipher ? [{ id, to, subject, text: readBody(id, bodyCipher).text, createdAt }] : [],
  );
}

import { insertUser } from "@/lib/accounts/insert-user";
import type { Ctx, UserActor } from "@/lib/actor";
import { hashPassword } from "@/lib/auth/password-hash";
import { startSession } from "@/lib/auth/start-session";
import { db } from "@/lib/db";
import { newId, randomBase62 } from "@/lib/ids";
import { readBody } from "@/lib/mail/read-body";

export const PASSWORD = "violet anchor drumming";

/** A visitor from an address of their own, so that one test's tries do not slow down another's. */
export function visitor(): Ctx {
  const part = () => Math.floor(Math.random() * 65_536).toString(16);
  const ip = `2001:db8:${part()}:${part()}::1`;
  return { actor: { kind: "system", job: "visitor" }, workspaceId: "", requestId: newId("req"), ip };
}

export function freshEmail(): string {
  return `person-${randomBase62(12).toLowerCase()}@example.test`;
}

let passwordHash: Promise<string> | undefined;

/** A person with a wallet and one session, ready to act. */
export async function account(options: { verified?: boolean } = {}) {
  passwordHash ??= hashPassword(PASSWORD);
  const hash = await passwordHash;
  const email = freshEmail();
  const verified = options.verified ?? true;
  const base = visitor();
  return db().$transaction(async (tx) => {
    const input = { email, passwordHash: hash, verified, operator: false, timeZone: "UTC" };
    const { userId, workspaceId } = await insertUser(tx, base, input);
    const sessionId = await startSession(tx, base, { userId, how: "password" });
    const actor: UserActor = { kind: "user", userId, email, verified, operator: false, sessionId };
    const ctx: Ctx<UserActor> = { ...base, actor, workspaceId };
    return { email, userId, workspaceId, sessionId, ctx };
  });
}

/** Every mail to an address, newest first, opened. */
export async function mailsTo(to: string) {
  const rows = await db().mail.findMany({ where: { to }, orderBy: [{ createdAt: "desc" }, { id: "asc" }] });
  return rows.map((row) => ({
    ...row,
    text: row.bodyCipher ? readBody(row.id, row.bodyCipher).text : null,
  }));
}

/** The secret of the link in the newest mail of a kind. */
export async function linkTo(to: string, template: string): Promise<string> {
  const mail = (await mailsTo(to)).find((candidate) => candidate.template === template);
  const token = /[?&]token=([0-9A-Za-z]{43})\b/.exec(mail?.text ?? "")?.[1];
  if (!token) throw new Error(`no ${template} mail with a link to ${to}`);
  return token;
}

/** The code of the refusal that a promise ends in, or "none". */
export async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "none";
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

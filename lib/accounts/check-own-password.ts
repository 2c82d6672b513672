import type { UserActor } from "@/lib/actor";
import { ACCOUNT_PACE, admitAttempt } from "@/lib/auth/admit-attempt";
import { forgetAttempts } from "@/lib/auth/forget-attempts";
import { checkPassword } from "@/lib/auth/password-hash";
import { tooMany } from "@/lib/auth/too-many";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";

/**
 * Before an address or a password changes, a signed-in person shows that they know the password: an open browser
 * is not enough. Throws `wrong_credentials` on the field, `too_many` after five wrong ones.
 */
export async function checkOwnPassword(actor: UserActor, password: string, field: string): Promise<void> {
  const subject = `reauth:user:${actor.userId}`;
  const wait = await admitAttempt(subject, ACCOUNT_PACE);
  if (wait > 0) throw tooMany(wait);
  const user = await db().user.findUnique({ where: { id: actor.userId }, select: { passwordHash: true } });
  if (!(await checkPassword(user?.passwordHash ?? null, password))) {
    throw new AppError("wrong_credentials", "wrongPassword", { field });
  }
  await forgetAttempts(db(), subject);
}

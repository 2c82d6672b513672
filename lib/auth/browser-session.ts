import { cookies } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import { endSession } from "@/lib/accounts/end-session";
import { findUser } from "@/lib/auth/session";
import {
  SESSION_MAX_AGE_SECONDS,
  sealSessionId,
  sessionCookie,
  sessionSecret,
} from "@/lib/auth/session-cookie";

const SIGN_UP_SECONDS = 24 * 60 * 60;
const SIGN_UP_SALT = "sign-up";

function signUpCookie() {
  const { name, options } = sessionCookie();
  return { name: name.replace("session", "signed-up"), options };
}

/** Signs this browser in, for actions only. The session that it had before ends. */
export async function enterBrowser(sessionId: string): Promise<void> {
  const before = await findUser();
  if (before) await endSession(before, { sessionId: before.actor.sessionId });
  const jar = await cookies();
  const { name, options } = sessionCookie();
  jar.set(name, await sealSessionId(sessionId), { ...options, maxAge: SESSION_MAX_AGE_SECONDS });
  const signedUp = signUpCookie();
  jar.delete({ name: signedUp.name, ...signedUp.options });
}

/** Signs this browser out, for actions only: the session ends in the database too. */
export async function leaveBrowser(): Promise<void> {
  const before = await findUser();
  if (before) await endSession(before, { sessionId: before.actor.sessionId });
  const { name, options } = sessionCookie();
  (await cookies()).delete({ name, ...options });
}

/** Who signed up in this browser, not yet proven by the mail. */
export interface SignedUp {
  userId: string;
  email: string;
}

/**
 * Remembers for a day that this browser typed the password of a sign-up, so that the link in the mail may sign
 * it in. Sealed, and of the same shape for an address that had an account already, where it opens nothing.
 */
export async function rememberSignUp(signedUp: SignedUp): Promise<void> {
  const token = { uid: signedUp.userId, email: signedUp.email };
  const sealed = await encode({
    token,
    secret: sessionSecret(),
    salt: SIGN_UP_SALT,
    maxAge: SIGN_UP_SECONDS,
  });
  const { name, options } = signUpCookie();
  (await cookies()).set(name, sealed, { ...options, maxAge: SIGN_UP_SECONDS });
}

export async function findSignUp(): Promise<SignedUp | null> {
  const token = (await cookies()).get(signUpCookie().name)?.value;
  if (!token) return null;
  const payload = await decode({ token, secret: sessionSecret(), salt: SIGN_UP_SALT }).catch(() => null);
  if (typeof payload?.uid !== "string" || typeof payload.email !== "string") return null;
  return { userId: payload.uid, email: payload.email };
}

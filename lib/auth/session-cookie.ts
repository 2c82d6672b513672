import { decode, encode } from "next-auth/jwt";
import { env } from "@/lib/env";

/** A session ends 30 days after sign-in, whatever happens. */
export const SESSION_MAX_AGE_SECONDS = 30 * 24 * 60 * 60;

/** Behind https the name itself keeps other hosts and plain connections from setting the cookie. */
export function sessionCookie() {
  const secure = env().publicUrl.startsWith("https://");
  return {
    name: secure ? "__Host-tollgate-session" : "tollgate-session",
    options: { httpOnly: true, sameSite: "lax" as const, path: "/", secure },
  };
}

/** The key of next-auth's encrypted token. Throws when the supervisor or the operator has not set it. */
export function sessionSecret(): string {
  const secret = env().NEXTAUTH_SECRET;
  if (!secret) throw new Error("NEXTAUTH_SECRET is not set: start with `npm start`, or set 32 random bytes");
  return secret;
}

/** next-auth's encrypted token with nothing in it but the session's id. */
export async function sealSessionId(sessionId: string): Promise<string> {
  return encode({ token: { sid: sessionId }, secret: sessionSecret(), maxAge: SESSION_MAX_AGE_SECONDS });
}

/** The session's id, or null for anything that this installation did not issue. */
export async function openSessionId(token: string | undefined): Promise<string | null> {
  if (!token) return null;
  try {
    const payload = await decode({ token, secret: sessionSecret() });
    return typeof payload?.sid === "string" ? payload.sid : null;
  } catch {
    return null;
  }
}

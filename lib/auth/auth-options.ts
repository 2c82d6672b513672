import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { loadSession } from "@/lib/auth/load-session";
import { safeNext } from "@/lib/auth/safe-next";
import { SESSION_MAX_AGE_SECONDS, sessionCookie, sessionSecret } from "@/lib/auth/session-cookie";
import { SignInSchema, signIn } from "@/lib/auth/sign-in";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { clientIp } from "@/lib/http/client-ip";
import { newId } from "@/lib/ids";
import { log } from "@/lib/log";

/**
 * next-auth, with tokens that hold nothing but a session's id. Its tokens cannot be revoked by themselves, so
 * every reading of one asks for the session's row. Nothing may be thrown in `authorize`: next-auth would put the
 * message into the address bar.
 */
export function authOptions(): NextAuthOptions {
  return {
    secret: sessionSecret(),
    session: { strategy: "jwt", maxAge: SESSION_MAX_AGE_SECONDS },
    cookies: { sessionToken: sessionCookie() },
    useSecureCookies: env().publicUrl.startsWith("https://"),
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: async (credentials, request) => authorize(credentials, new Headers(request.headers)),
      }),
    ],
    callbacks: {
      jwt: async ({ token, user }) => {
        const sid = user ? user.id : token.sid;
        if (user) return { sid };
        const live = typeof sid === "string" ? await loadSession(sid) : null;
        if (!live) throw new Error("session ended");
        return { sid };
      },
      session: async ({ session, token }) => {
        const live = typeof token.sid === "string" ? await loadSession(token.sid) : null;
        return { expires: session.expires, ...(live ? { user: { email: live.email } } : {}) };
      },
      redirect: async ({ url, baseUrl }) => {
        const path = url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url;
        return `${baseUrl}${safeNext(path) ?? "/overview"}`;
      },
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token?.sid !== "string") return;
        await db().session.updateMany({
          where: { id: token.sid, revokedAt: null },
          data: { revokedAt: new Date() },
        });
      },
    },
    logger: {
      error: (code) => log.warn({ code }, "next-auth"),
      warn: (code) => log.debug({ code }, "next-auth"),
      debug: () => {},
    },
  };
}

/** The session's id as next-auth's user, or null for every refusal. */
async function authorize(credentials: unknown, headers: Headers): Promise<{ id: string } | null> {
  const requestId = newId("req");
  const input = SignInSchema.safeParse(credentials);
  if (!input.success) return null;
  try {
    const actor = { kind: "system", job: "visitor" } as const;
    const ctx = { actor, workspaceId: "", requestId, ip: clientIp(headers) };
    const { sessionId } = await signIn(ctx, { ...input.data, userAgent: headers.get("user-agent") });
    return { id: sessionId };
  } catch (error) {
    if (!(error instanceof AppError)) log.error({ requestId, err: error }, "sign-in failed");
    return null;
  }
}

import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { Ctx, UserActor } from "@/lib/actor";
import { type LiveSession, loadSession } from "@/lib/auth/load-session";
import { safeNext } from "@/lib/auth/safe-next";
import { openSessionId, sessionCookie } from "@/lib/auth/session-cookie";
import { clientIp } from "@/lib/http/client-ip";
import { findRequestId } from "@/lib/http/request-id";

/** The signed-in person, as the context that verbs take, with what pages show. */
export interface SignedIn extends Ctx<UserActor> {
  user: Pick<LiveSession, "email" | "verified" | "operator" | "timeZone"> & { id: string };
  workspaceName: string;
}

/** Who is signed in, or null. The session row is read once per request, never taken from the cookie. */
export const findUser = cache(async (): Promise<SignedIn | null> => {
  const jar = await cookies();
  const sessionId = await openSessionId(jar.get(sessionCookie().name)?.value);
  const session = sessionId ? await loadSession(sessionId) : null;
  if (!session) return null;
  const { userId, email, verified, operator, timeZone, workspaceId, workspaceName } = session;
  return {
    actor: { kind: "user", userId, email, verified, operator, sessionId: session.sessionId },
    workspaceId,
    requestId: await findRequestId(),
    ip: clientIp(await headers()),
    user: { id: userId, email, verified, operator, timeZone },
    workspaceName,
  };
});

/** The signed-in person. Everyone else is sent to sign in and comes back to where they wanted to go. */
export async function requireUser(): Promise<SignedIn> {
  const user = await findUser();
  if (user) return user;
  const wanted = safeNext((await headers()).get("x-pathname"));
  redirect(wanted ? `/sign-in?next=${encodeURIComponent(wanted)}` : "/sign-in");
}

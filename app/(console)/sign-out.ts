"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { endSession } from "@/lib/accounts/end-session";
import { findUser } from "@/lib/auth/session";
import { sessionCookie } from "@/lib/auth/session-cookie";

/** Ends this browser's session in the database, not only its cookie. */
export async function signOut(): Promise<never> {
  const user = await findUser();
  if (user) await endSession(user, { sessionId: user.actor.sessionId });
  (await cookies()).delete(sessionCookie().name);
  redirect("/sign-in");
}

"use server";

import { redirect } from "next/navigation";
import { leaveBrowser } from "@/lib/auth/browser-session";

/** Ends this browser's session in the database, not only its cookie. */
export async function signOut(): Promise<never> {
  await leaveBrowser();
  redirect("/sign-in?notice=signed-out");
}

"use server";

import { redirect } from "next/navigation";
import { leaveBrowser } from "@/lib/auth/browser-session";

/** Ends this browser's session. The framework itself refuses a call from a foreign origin. */
export async function signOutAction(): Promise<void> {
  await leaveBrowser();
  redirect("/sign-in?notice=signed-out");
}

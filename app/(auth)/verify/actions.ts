"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { enterBrowser, findSignUp } from "@/lib/auth/browser-session";
import { ConfirmEmailSchema, confirmEmail } from "@/lib/auth/confirm-email";
import { EmailSchema } from "@/lib/auth/email-address";
import { sendVerification } from "@/lib/auth/send-verification";
import { findUser } from "@/lib/auth/session";
import type { Result } from "@/lib/http/result";
import { runAction } from "@/lib/http/run-action";
import { runPublicAction } from "@/lib/http/run-public-action";

/** Uses the link up. Only a sent form does this, because mail scanners open every link once before people do. */
export async function confirmEmailAction(
  previous: Result<never> | null,
  form: FormData,
): Promise<Result<never>> {
  return runPublicAction(ConfirmEmailSchema, async (ctx, { token }): Promise<never> => {
    const current = await findUser();
    const signedUp = await findSignUp();
    const signedUpAs = signedUp?.userId === current?.user.id ? null : signedUp?.userId;
    const userAgent = (await headers()).get("user-agent");
    const { userId, changed, sessionId } = await confirmEmail(ctx, { token, signedUpAs, userAgent });
    if (current?.user.id === userId) redirect(changed ? "/settings?notice=email-changed" : "/overview");
    if (!sessionId) redirect("/sign-in?notice=confirmed");
    await enterBrowser(sessionId);
    redirect("/overview");
  })(previous, form);
}

/** Sends the link again, to whoever typed the address. */
export async function sendVerificationAction(
  previous: Result<{ email: string }> | null,
  form: FormData,
): Promise<Result<{ email: string }>> {
  return runPublicAction(z.object({ email: EmailSchema }), async (ctx, input) => {
    await sendVerification(ctx, input);
    return input;
  })(previous, form);
}

/** Sends the link again, to the signed-in person. */
export async function sendOwnVerificationAction(
  previous: Result<{ email: string }> | null,
  input: FormData | Record<string, never>,
): Promise<Result<{ email: string }>> {
  return runAction(z.object({}), async (ctx) => {
    await sendVerification(ctx, { email: ctx.user.email });
    return { email: ctx.user.email };
  })(previous, input);
}

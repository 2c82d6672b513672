"use server";

import { redirect } from "next/navigation";
import { RequestResetSchema, requestReset } from "@/lib/auth/request-reset";
import { ResetPasswordSchema, resetPassword } from "@/lib/auth/reset-password";
import type { Result } from "@/lib/http/result";
import { runPublicAction } from "@/lib/http/run-public-action";

export async function requestResetAction(
  previous: Result<never> | null,
  form: FormData,
): Promise<Result<never>> {
  return runPublicAction(RequestResetSchema, async (ctx, input): Promise<never> => {
    await requestReset(ctx, input);
    redirect("/reset?sent=1");
  })(previous, form);
}

export async function resetPasswordAction(
  previous: Result<never> | null,
  form: FormData,
): Promise<Result<never>> {
  return runPublicAction(ResetPasswordSchema, async (ctx, input): Promise<never> => {
    await resetPassword(ctx, input);
    redirect("/sign-in?notice=password-set");
  })(previous, form);
}

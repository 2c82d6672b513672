"use server";

import { redirect } from "next/navigation";
import { rememberSignUp } from "@/lib/auth/browser-session";
import { SignUpSchema, signUp } from "@/lib/auth/sign-up";
import type { Result } from "@/lib/http/result";
import { runPublicAction } from "@/lib/http/run-public-action";

export async function signUpAction(previous: Result<never> | null, form: FormData): Promise<Result<never>> {
  return runPublicAction(SignUpSchema, async (ctx, input): Promise<never> => {
    const { userId } = await signUp(ctx, input);
    await rememberSignUp({ userId, email: input.email });
    redirect("/verify");
  })(previous, form);
}

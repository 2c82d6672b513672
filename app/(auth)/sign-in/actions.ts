"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { enterBrowser } from "@/lib/auth/browser-session";
import { safeNext } from "@/lib/auth/safe-next";
import { SignInSchema, signIn } from "@/lib/auth/sign-in";
import type { Result } from "@/lib/http/result";
import { runPublicAction } from "@/lib/http/run-public-action";

const Schema = SignInSchema.extend({ next: z.string().optional() });

export async function signInAction(previous: Result<never> | null, form: FormData): Promise<Result<never>> {
  return runPublicAction(Schema, async (ctx, { next, ...input }): Promise<never> => {
    const userAgent = (await headers()).get("user-agent");
    const { sessionId } = await signIn(ctx, { ...input, userAgent });
    await enterBrowser(sessionId);
    redirect(safeNext(next) ?? "/overview");
  })(previous, form);
}

"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { ChangeEmailSchema, changeEmail } from "@/lib/accounts/change-email";
import { ChangePasswordSchema, changePassword } from "@/lib/accounts/change-password";
import { endOtherSessions } from "@/lib/accounts/end-other-sessions";
import { EndSessionSchema, endSession } from "@/lib/accounts/end-session";
import { SetTimeZoneSchema, setTimeZone } from "@/lib/accounts/set-time-zone";
import type { Result } from "@/lib/http/result";
import { runAction } from "@/lib/http/run-action";

export async function setTimeZoneAction(previous: Result<{ timeZone: string }> | null, form: FormData) {
  return runAction(SetTimeZoneSchema, async (ctx, input) => {
    const saved = await setTimeZone(ctx, input);
    revalidatePath("/", "layout");
    return saved;
  })(previous, form);
}

export async function changeEmailAction(previous: Result<{ email: string }> | null, form: FormData) {
  return runAction(ChangeEmailSchema, changeEmail)(previous, form);
}

export async function changePasswordAction(previous: Result<{ ended: number }> | null, form: FormData) {
  return runAction(ChangePasswordSchema, async (ctx, input) => {
    const changed = await changePassword(ctx, input);
    revalidatePath("/settings");
    return changed;
  })(previous, form);
}

export async function endSessionAction(previous: Result<void> | null, input: { sessionId: string }) {
  return runAction(EndSessionSchema, async (ctx, { sessionId }) => {
    await endSession(ctx, { sessionId });
    revalidatePath("/settings");
  })(previous, input);
}

export async function endOtherSessionsAction(
  previous: Result<{ ended: number }> | null,
  input: Record<string, never>,
) {
  return runAction(z.object({}), async (ctx) => {
    const others = await endOtherSessions(ctx);
    revalidatePath("/settings");
    return others;
  })(previous, input);
}

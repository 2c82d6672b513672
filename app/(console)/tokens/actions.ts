"use server";

import { z } from "zod";
import type { Result } from "@/lib/http/result";
import { runAction } from "@/lib/http/run-action";
import { type CreatedKey, createKey } from "@/lib/keys/create-key";
import { endOverlap } from "@/lib/keys/end-overlap";
import { LimitsForm } from "@/lib/keys/key-form";
import { KeyName } from "@/lib/keys/key-input";
import { parseOverlap } from "@/lib/keys/overlap";
import { pauseKey } from "@/lib/keys/pause-key";
import { resumeKey } from "@/lib/keys/resume-key";
import { revokeKey } from "@/lib/keys/revoke-key";
import { rotateAllKeys } from "@/lib/keys/rotate-all-keys";
import { type RotatedKey, rotateKey } from "@/lib/keys/rotate-key";
import { setKeyReminder } from "@/lib/keys/set-key-reminder";
import { updateKey } from "@/lib/keys/update-key";

/** Everything here is an edge alone: session, form, verb, typed answer. */

const keyId = z.string();

/** A whole number as people type it; whether it is too large is the verb's to say. */
const WholeNumber = z
  .string()
  .trim()
  .min(1)
  .regex(/^-?\d{1,9}$/, "notANumber")
  .transform(Number);
const OneKey = z.object({ keyId });
type OneKeyInput = z.input<typeof OneKey>;

const CreateForm = LimitsForm.and(z.object({ name: KeyName }));

export async function createKeyAction(previous: Result<CreatedKey> | null, form: FormData) {
  return runAction(CreateForm, createKey)(previous, form);
}

const EditForm = LimitsForm.and(
  z.object({ keyId, name: KeyName, updatedAt: z.iso.datetime().transform((text) => new Date(text)) }),
);

export async function updateKeyAction(previous: Result<{ updatedAt: Date }> | null, form: FormData) {
  return runAction(EditForm, updateKey)(previous, form);
}

/** `overlap` as the command line takes it: `0`, `1h`, `90m`, `7d`. */
const OverlapForm = z
  .object({ overlap: z.string().max(20), leaked: z.literal("yes").optional() })
  .transform(({ overlap, leaked }, context) => {
    if (leaked) return { leaked: true };
    const overlapSeconds = parseOverlap(overlap);
    if (overlapSeconds !== null) return { leaked: false, overlapSeconds };
    context.addIssue({ code: "custom", path: ["overlap"], message: "overlap" });
    return z.NEVER;
  });

const RotateForm = OverlapForm.and(z.object({ keyId }));

export async function rotateKeyAction(previous: Result<RotatedKey> | null, form: FormData) {
  return runAction(RotateForm, rotateKey)(previous, form);
}

/** A fresh secret with its key, as much as the one sight of it needs. */
interface FreshSecretOfKey {
  id: string;
  name: string;
  secret: string;
}

export async function rotateAllKeysAction(previous: Result<FreshSecretOfKey[]> | null, form: FormData) {
  return runAction(OverlapForm, async (ctx, input) =>
    (await rotateAllKeys(ctx, input)).map(({ key: { id, name }, secret }) => ({ id, name, secret })),
  )(previous, form);
}

const ReminderForm = z.object({ days: WholeNumber });

export async function setKeyReminderAction(previous: Result<{ days: number }> | null, form: FormData) {
  return runAction(ReminderForm, setKeyReminder)(previous, form);
}

const OneSecret = z.object({ keyId, secretId: z.string() });

export async function endOverlapAction(
  previous: Result<{ endsAt: Date }> | null,
  input: z.input<typeof OneSecret>,
) {
  return runAction(OneSecret, endOverlap)(previous, input);
}

export async function pauseKeyAction(previous: Result<{ pausedAt: Date }> | null, input: OneKeyInput) {
  return runAction(OneKey, pauseKey)(previous, input);
}

export async function resumeKeyAction(previous: Result<void> | null, input: OneKeyInput) {
  return runAction(OneKey, resumeKey)(previous, input);
}

export async function revokeKeyAction(previous: Result<{ revokedAt: Date }> | null, input: OneKeyInput) {
  return runAction(OneKey, revokeKey)(previous, input);
}

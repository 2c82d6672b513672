"use server";

import { z } from "zod";
import type { Result } from "@/lib/http/result";
import { runAction } from "@/lib/http/run-action";
import type { CreatedKey } from "@/lib/keys/create-key";
import { createManagementKey } from "@/lib/keys/create-management-key";
import { LimitsForm } from "@/lib/keys/key-form";
import { KeyName } from "@/lib/keys/key-input";
import { revokeManagementKey } from "@/lib/keys/revoke-management-key";

const CreateForm = LimitsForm.and(z.object({ name: KeyName }));

export async function createManagementKeyAction(previous: Result<CreatedKey> | null, form: FormData) {
  return runAction(CreateForm, createManagementKey)(previous, form);
}

const OneKey = z.object({ keyId: z.string() });

export async function revokeManagementKeyAction(
  previous: Result<{ revokedAt: Date }> | null,
  input: z.input<typeof OneKey>,
) {
  return runAction(OneKey, revokeManagementKey)(previous, input);
}

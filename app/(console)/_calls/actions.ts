"use server";

import { revalidatePath } from "next/cache";
import type { Result } from "@/lib/http/result";
import { runAction } from "@/lib/http/run-action";
import { DeletePromptsSchema, deletePrompts } from "@/lib/usage/delete-prompts";
import { SetPromptsSchema, setPromptRetention } from "@/lib/usage/set-prompt-retention";

/** Deletes what was said in one call, or in all. */
export async function deletePromptsAction(
  previous: Result<{ deleted: number }> | null,
  input: FormData | { requestId?: string },
) {
  return runAction(DeletePromptsSchema, async (ctx, wanted) => {
    const result = await deletePrompts(ctx, wanted);
    revalidatePath("/", "layout");
    return result;
  })(previous, input);
}

export async function setPromptsAction(
  previous: Result<{ retentionDays: number | null }> | null,
  form: FormData,
) {
  return runAction(SetPromptsSchema, async (ctx, input) => {
    const saved = await setPromptRetention(ctx, input);
    revalidatePath("/settings");
    return saved;
  })(previous, form);
}

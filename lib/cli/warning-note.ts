import type { Ctx } from "@/lib/actor";
import { text } from "@/lib/cli/text";
import { getKey } from "@/lib/keys/get-key";
import { limitWarnings } from "@/lib/keys/limit-warnings";

/** A sentence for each limit of a key that is allowed and may not do what was meant. */
export async function warningNote(ctx: Ctx, keyId: string): Promise<string[]> {
  const { limits } = await getKey(ctx, { keyId });
  const warnings = await limitWarnings(limits);
  return warnings.map(({ kind, value }) => text(`warnings.${kind}`, { value }));
}

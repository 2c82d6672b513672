import type { Ctx } from "@/lib/actor";
import { normalizeEmail } from "@/lib/auth/email-address";
import { db } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import { newId } from "@/lib/ids";

/** The command line as an actor, bound to no workspace. */
export function cliContext(workspaceId = ""): Ctx {
  return { actor: { kind: "cli" }, workspaceId, requestId: newId("req") };
}

/** The same, in a person's own workspace. Throws invalid_input, and not_found when nobody has that address. */
export async function contextOf(email: string): Promise<Ctx & { email: string }> {
  const address = normalizeEmail(email);
  if (!address) throw new AppError("invalid_input", "invalidEmail", { field: "email" });
  const member = await db().member.findFirst({
    where: { user: { email: address } },
    orderBy: [{ createdAt: "asc" }, { workspaceId: "asc" }],
    select: { workspaceId: true },
  });
  if (!member) throw notFound("account");
  return { ...cliContext(member.workspaceId), email: address };
}

/** The same, in the workspace that a key belongs to: the operator may act on any. Throws not_found. */
export async function contextOfKey(keyId: string): Promise<Ctx> {
  const key = keyId.includes("\0")
    ? null
    : await db().key.findUnique({ where: { id: keyId }, select: { workspaceId: true } });
  if (!key) throw notFound("key");
  return cliContext(key.workspaceId);
}

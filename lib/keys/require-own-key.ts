import type { Ctx } from "@/lib/actor";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { requireKeyId } from "@/lib/keys/lock-key";

/** Throws not_found unless this is an API key of the caller's workspace. */
export async function requireOwnKey(ctx: Ctx, keyId: string): Promise<void> {
  requireKeyId(keyId);
  const { workspaceId } = ctx;
  const key = await db().key.findFirst({
    where: { id: keyId, workspaceId, kind: "inference", hidden: false },
    select: { id: true },
  });
  if (!key) throw notFound("key");
}

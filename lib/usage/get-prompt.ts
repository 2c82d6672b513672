import type { Ctx } from "@/lib/actor";
import { openText } from "@/lib/crypto";
import { db } from "@/lib/db";
import { promptPlace } from "@/lib/usage/record-prompt";

export interface KeptPrompt {
  request: string;
  response: string | null;
  /** True when it was longer than what is kept. */
  shortened: boolean;
  expiresAt: Date;
}

/** What was said in a call of the workspace; null unless it was kept and its time is not over. */
export async function getPrompt(ctx: Ctx, requestId: string): Promise<KeptPrompt | null> {
  const { workspaceId } = ctx;
  const row = await db().promptLog.findUnique({
    where: { workspaceId_requestId: { workspaceId, requestId } },
  });
  if (!row || row.expiresAt <= new Date()) return null;
  const open = (cipher: Uint8Array) => openText("prompt", promptPlace(workspaceId, requestId), cipher);
  return {
    request: open(row.requestCipher),
    response: row.responseCipher && open(row.responseCipher),
    shortened: row.shortened,
    expiresAt: row.expiresAt,
  };
}

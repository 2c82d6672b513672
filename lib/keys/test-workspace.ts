import type { Ctx } from "@/lib/actor";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";

/** A new workspace with its wallet, and a person in it. */
export async function makeCtx(verified = true): Promise<Ctx> {
  const workspaceId = newId("ws");
  const userId = newId("usr");
  const email = `${userId.toLowerCase()}@example.com`;
  await db().user.create({ data: { id: userId, email, passwordHash: "x" } });
  await db().workspace.create({ data: { id: workspaceId, name: "test" } });
  await db().$executeRaw`SELECT ledger.open_wallet(${workspaceId})`;
  const actor = { kind: "user", userId, email, verified, operator: false, sessionId: newId("ses") } as const;
  return { actor, workspaceId, requestId: newId("req") };
}

/** A model that keys can be limited to. */
export async function makeModel(id: string): Promise<void> {
  await db().model.create({ data: { id, displayName: id, contextTokens: 1_000, maxOutputTokens: 100 } });
}

/** How a verb refused: code, message and field, or a ZodError with its issues. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof AppError) {
      return `${error.code} ${error.message}${error.field ? ` ${error.field}` : ""}`;
    }
    return `${(error as Error).name} ${JSON.stringify((error as { issues?: unknown }).issues)}`;
  }
  return "not refused";
}

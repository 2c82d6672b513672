import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Tx } from "@/lib/db";
import { newId } from "@/lib/ids";

export interface NewUser {
  /** Normalised already. */
  email: string;
  passwordHash: string;
  verified: boolean;
  operator: boolean;
  timeZone: string;
}

/**
 * A person with their personal workspace, their ownership of it and its wallet, in the caller's transaction.
 * Fails on the unique address when it is taken.
 */
export async function insertUser(
  tx: Tx,
  ctx: Ctx,
  input: NewUser,
): Promise<{ userId: string; workspaceId: string }> {
  const userId = newId("usr");
  const workspaceId = newId("ws");
  const { email, passwordHash, verified, operator, timeZone } = input;
  await tx.user.create({
    data: {
      id: userId,
      email,
      passwordHash,
      emailVerifiedAt: verified ? new Date() : null,
      isOperator: operator,
      timeZone,
    },
  });
  await tx.workspace.create({ data: { id: workspaceId, name: email.slice(0, email.indexOf("@")) } });
  await tx.member.create({ data: { workspaceId, userId, role: "owner" } });
  await tx.$executeRaw`SELECT ledger.open_wallet(${workspaceId})`;
  await writeAudit(
    tx,
    { ...ctx, workspaceId },
    {
      action: "user.create",
      target: userId,
      after: { email, verified, operator },
    },
  );
  return { userId, workspaceId };
}

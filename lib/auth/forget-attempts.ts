import type { Tx } from "@/lib/db";

/** The right password, or a reset: the account starts again with all its free attempts. */
export async function forgetAttempts(tx: Tx, subject: string): Promise<void> {
  await tx.throttle.deleteMany({ where: { subject } });
}

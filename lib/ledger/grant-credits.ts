import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { MAX_NANO } from "@/lib/money";

export interface Grant {
  workspaceId: string;
  /** Nano-USD, positive. */
  amountNano: bigint;
  /** Promotional credit is burnt first and is never refundable. */
  promotional: boolean;
  /** Short word for where it comes from: `purchase`, `bonus`, `operator`, `trial`, `code`. */
  source: string;
  /** The business fact, unique for ever: `stripe:pi_...`, `grant:<uuid>`. */
  key: string;
  /** Who did it, as `actorName` writes it. */
  actor: string;
  reason?: string | undefined;
  purchaseId?: string | undefined;
  expiresAt?: Date | undefined;
  /** The account it comes out of. */
  from: "stripe_clearing" | "promotions" | "adjustments";
}

export interface Granted {
  transactionId: bigint;
  /** False when this fact had been booked before; nothing changed then. */
  granted: boolean;
  balanceNano: bigint;
}

/** Adds credit as a lot, once per key, inside the caller's transaction. Throws AppError `invalid_input` on an amount out of range. */
export async function grantCredits(tx: Pick<Tx, "$queryRaw">, grant: Grant): Promise<Granted> {
  if (grant.amountNano <= 0n || grant.amountNano > MAX_NANO / 4n) {
    throw new AppError("invalid_input", "amountOutOfRange", { field: "amount" });
  }
  const rows = await tx.$queryRaw<{ transaction_id: bigint; granted: boolean; balance_nano: bigint }[]>`
    SELECT * FROM ledger.grant_credits(${grant.workspaceId}, ${newId("lot")}, ${grant.amountNano}, ${grant.promotional},
      ${grant.source}, ${grant.key}, ${grant.actor}, ${grant.reason ?? null}, ${grant.purchaseId ?? null},
      ${grant.expiresAt ?? null}::timestamptz, ${grant.from}::account_kind)`;
  const [row] = rows;
  if (!row) throw new AppError("internal", "internal");
  return { transactionId: row.transaction_id, granted: row.granted, balanceNano: row.balance_nano };
}

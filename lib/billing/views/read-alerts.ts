import type { Ctx } from "@/lib/actor";
import { readLowBalance } from "@/lib/billing/alerts/low-balance";
import { db } from "@/lib/db";

/** One event for the customer's own address, and how its delivery stands. */
export interface SentEvent {
  id: string;
  type: string;
  createdAt: Date;
  deliveredAt: Date | null;
  attempts: number;
  /** When it is tried again; null once it arrived or was given up. */
  nextAttemptAt: Date | null;
  lastError: string | null;
}

export interface AlertsView {
  /** Null: the installation's own; 0: never. Nano-USD. */
  lowBalanceNano: bigint | null;
  usualLowNano: bigint;
  webhookUrl: string | null;
  /** Newest first, at most five. */
  events: SentEvent[];
}

/** What a workspace is told about its money, and what its webhook was last sent. Never the signing secret. */
export async function readAlerts(ctx: Ctx): Promise<AlertsView> {
  const { workspaceId } = ctx;
  const [row, usualLowNano, events] = await Promise.all([
    db().moneyAlert.findUnique({
      where: { workspaceId },
      select: { lowBalanceNano: true, webhookUrl: true },
    }),
    readLowBalance(),
    db().customerEvent.findMany({
      where: { workspaceId },
      orderBy: { createdAt: "desc" },
      take: 5,
      select: {
        id: true,
        type: true,
        createdAt: true,
        deliveredAt: true,
        attempts: true,
        nextAttemptAt: true,
        lastError: true,
      },
    }),
  ]);
  return {
    lowBalanceNano: row?.lowBalanceNano ?? null,
    usualLowNano,
    webhookUrl: row?.webhookUrl ?? null,
    events,
  };
}

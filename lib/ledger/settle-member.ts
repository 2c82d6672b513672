import { booleanField, numberField, textField } from "@/lib/ledger/row-text";
import type { SettleResult } from "@/lib/ledger/types";
import type { RefusedCall } from "@/lib/usage/types";

/** One call that ended, as `ledger.turn` wants it. */
export interface SettleMember {
  /** Null for a call that never held anything: only its row is written. */
  hold: string | null;
  costNano: bigint;
  forgivenNano: bigint;
  /** Whether a usage row is written. */
  row: boolean;
  workspaceId: string;
  keyId: string;
  /** What the row says, where there is one. */
  usage: RefusedCall | null;
}

/** The fields of the type `ledger.settle_member`, in its order. */
export function settleMemberFields(member: SettleMember, seq: number): string {
  const { hold, costNano, forgivenNano, row, workspaceId, keyId } = member;
  const u: Partial<RefusedCall> = member.usage ?? {};
  const money = `${seq},${textField(hold)},${costNano},${forgivenNano},f,${booleanField(row)}`;
  const who =
    `${textField(u.requestId)},${textField(workspaceId)},${textField(keyId)},${textField(u.modelId)},` +
    `${textField(u.askedModel)},${textField(u.connectionId)},${textField(u.routeId)},${textField(u.priceId)},` +
    `${textField(u.dialect)},${textField(u.client)},${textField(u.clientTitle)}`;
  const ending =
    `${booleanField(u.streamed)},${textField(u.outcome)},${numberField(u.httpStatus)},${textField(u.errorCode)},` +
    `${textField(u.finishReason)}`;
  const tokens =
    `${numberField(u.inputTokens)},${numberField(u.cachedTokens)},${numberField(u.cacheWrite5mTokens)},` +
    `${numberField(u.cacheWrite1hTokens)},${numberField(u.outputTokens)},${numberField(u.reasoningTokens)},` +
    `${numberField(u.audioInputTokens)},${numberField(u.audioOutputTokens)},${numberField(u.imageTokens)},` +
    `${booleanField(u.measured)},${numberField(u.clampedTokens)},${textField(u.upstreamCostNano)}`;
  const course =
    `${numberField(u.queuedMs)},${numberField(u.firstByteMs)},${numberField(u.totalMs)},` +
    `${numberField(u.requestBytes)},${numberField(u.fallbacks)},` +
    `${u.attempts ? textField(JSON.stringify(u.attempts)) : ""},${textField(u.startedAt)}`;
  return `${money},${who},${ending},${tokens},${course}`;
}

/** Where a member was charged something else than its cost. Amounts as decimal text. */
export interface SettleOther {
  seq: number;
  charged: string;
  loss: string;
  replayed: boolean;
}

/** What each member was charged, in their order. */
export function settleResults(
  members: readonly SettleMember[],
  others: readonly SettleOther[],
): SettleResult[] {
  const results = members.map(
    (one): SettleResult => ({ chargedNano: one.costNano, lossNano: one.forgivenNano, replayed: false }),
  );
  for (const { seq, charged, loss, replayed } of others) {
    results[seq] = { chargedNano: BigInt(charged), lossNano: BigInt(loss), replayed };
  }
  return results;
}

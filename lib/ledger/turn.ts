import { MicroBatch } from "@/lib/ledger/batch";
import { hotPool } from "@/lib/ledger/hot-pool";
import { type ReserveOther, reserveFields, reserveResults } from "@/lib/ledger/reserve-member";
import { rowsText } from "@/lib/ledger/row-text";
import {
  type SettleMember,
  type SettleOther,
  settleMemberFields,
  settleResults,
} from "@/lib/ledger/settle-member";
import type { ReserveRequest, ReserveResult, SettleResult } from "@/lib/ledger/types";

type Result = SettleResult | ReserveResult;
type Member = { settle: SettleMember } | { reserve: ReserveRequest };

/** How many members went as asked, and the others by their place. */
interface Outcome {
  settled: number;
  settled_others: SettleOther[];
  reserved: number;
  reserved_others: ReserveOther[];
}

/** Nobody waits longer for an answer to a call that has not begun. */
const RESERVE_PATIENCE_MS = 5_000;
/** Money that was earned is not given up on while this process lives: five minutes outlast a restart of Postgres. */
const SETTLE_PATIENCE_MS = 300_000;

/**
 * Calls that end and calls that begin go together: both would lock the same wallets, and one commit makes both
 * durable.
 */
const batch = new MicroBatch<Member, Result>(send, {
  maxSize: 512,
  patienceMs: SETTLE_PATIENCE_MS,
});

async function send(members: Member[]): Promise<Result[]> {
  const settles: SettleMember[] = [];
  const reserves: ReserveRequest[] = [];
  for (const member of members) {
    if ("settle" in member) settles.push(member.settle);
    else reserves.push(member.reserve);
  }
  const { rows } = await hotPool().query<Outcome>({
    name: "turn",
    text: "SELECT * FROM ledger.turn($1, $2)",
    values: [rowsText(settles.map(settleMemberFields)), rowsText(reserves.map(reserveFields))],
  });
  const [outcome] = rows;
  if (!outcome || !isComplete(outcome, settles.length, reserves.length)) {
    throw new Error("ledger.turn has not answered for every member");
  }
  const settled = settleResults(settles, outcome.settled_others);
  const reserved = reserveResults(reserves, outcome.reserved_others);
  let settle = 0;
  let reserve = 0;
  return members.map((member) => ("settle" in member ? settled[settle++] : reserved[reserve++]) as Result);
}

function isComplete(outcome: Outcome, settles: number, reserves: number): boolean {
  return (
    outcome.settled + outcome.settled_others.length === settles &&
    outcome.reserved + outcome.reserved_others.length === reserves
  );
}

/** Resolves once the call's end is durable. */
export function takeSettle(settle: SettleMember): Promise<SettleResult> {
  return batch.add({ settle }) as Promise<SettleResult>;
}

/** Resolves once it is decided, durably. */
export function takeReserve(reserve: ReserveRequest): Promise<ReserveResult> {
  return batch.add({ reserve }, RESERVE_PATIENCE_MS) as Promise<ReserveResult>;
}

import { randomBase62 } from "@/lib/ids";
import { usdExact } from "@/lib/money";

/** Stands for a cost inside a body until that is written; random, so that no caller can write it. */
export const COST_MARK = `cost-${randomBase62(16)}`;

/** A body as JSON text, its COST_MARK written as a JSON number of USD, exact: money is never a number in here. */
export function jsonWithCost(body: unknown, chargedNano: bigint): string {
  return JSON.stringify(body).replace(`"${COST_MARK}"`, usdExact(chargedNano));
}

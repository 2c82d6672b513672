import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { hasStar } from "@/lib/keys/model-patterns";
import type { KeyLimits } from "@/lib/keys/types";

/** No key lives longer than this when it is given an end at all. */
const LONGEST_LIFE_YEARS = 50;

export const NO_LIMITS: KeyLimits = {
  models: [],
  ipRanges: [],
  totalBudgetNano: null,
  periodBudgetNano: null,
  period: null,
  requestsPerMinute: null,
  tokensPerMinute: null,
  maxParallel: null,
  maxRequestNano: null,
  expiresAt: null,
};

/**
 * Throws invalid_input, by its field, where limits do not fit together or the world: a budget without its
 * period, an expiry that is past by the database's clock, a model that does not exist. A pattern may fit nothing
 * yet. What did not change since `before` is not held against the caller.
 */
export async function checkLimits(tx: Tx, before: KeyLimits, after: KeyLimits, at: Date): Promise<void> {
  if (after.periodBudgetNano !== null && after.period === null) refuse("period", "budgetNeedsPeriod");
  if (after.period !== null && after.periodBudgetNano === null) {
    refuse("periodBudgetNano", "periodNeedsBudget");
  }
  if (after.expiresAt && after.expiresAt.getTime() !== before.expiresAt?.getTime()) {
    if (after.expiresAt <= at) refuse("expiresAt", "inThePast");
    const latest = new Date(at);
    latest.setUTCFullYear(at.getUTCFullYear() + LONGEST_LIFE_YEARS);
    if (after.expiresAt > latest) refuse("expiresAt", "expiryTooFar", { max: LONGEST_LIFE_YEARS });
  }
  const added = after.models.filter((entry) => !hasStar(entry) && !before.models.includes(entry));
  if (added.length === 0) return;
  const known = await tx.model.findMany({ where: { id: { in: added } }, select: { id: true } });
  const missing = added.find((id) => !known.some((model) => model.id === id));
  if (missing !== undefined) refuse("models", "unknownModel", { model: missing.slice(0, 100) });
}

function refuse(field: string, message: string, values: Record<string, string | number> = {}): never {
  throw new AppError("invalid_input", message, { field, values });
}

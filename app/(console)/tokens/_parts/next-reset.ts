export type BudgetSpan = "day" | "week" | "month";

/** When a budget of this span starts again: the next midnight UTC, that of Monday, or that of the first of a month. */
export function nextReset(span: BudgetSpan, now: Date): Date {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  if (span === "month") return new Date(Date.UTC(year, month + 1, 1));
  const daysAhead = span === "day" ? 1 : 7 - ((now.getUTCDay() + 6) % 7);
  return new Date(Date.UTC(year, month, day + daysAhead));
}

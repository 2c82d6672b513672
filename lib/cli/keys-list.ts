import type { Answer } from "@/lib/cli/add-verb";
import { describeLimits } from "@/lib/cli/describe-limits";
import { printable, printTable } from "@/lib/cli/print-table";
import { text } from "@/lib/cli/text";
import type { KeyView, SecretView } from "@/lib/keys/types";
import { usdExact } from "@/lib/money";

/** Keys as a table and as JSON. Amounts are exact; secrets are never more than prefix and last four. */
export function listKeysAnswer(keys: readonly KeyView[]): Answer {
  const columns = [
    { head: text("columns.id") },
    { head: text("columns.name") },
    { head: text("columns.key") },
    { head: text("columns.status") },
    { head: text("columns.today"), right: true },
    { head: text("columns.month"), right: true },
    { head: text("columns.limits") },
    { head: text("columns.lastUsed") },
    { head: text("columns.expires") },
  ];
  const rows = keys.map((key) => [
    key.id,
    key.name,
    key.secrets.map(mask).join(" "),
    key.status,
    usdExact(key.spentTodayNano),
    usdExact(key.spentMonthNano),
    describeLimits(key.limits),
    minute(key.lastUsedAt),
    minute(key.limits.expiresAt),
  ]);
  return {
    text: rows.length > 0 ? printTable(columns, rows) : text("answers.noKeys"),
    json: keys.map(toJson),
  };
}

/** One key, a line for each thing there is to say of it. */
export function showKeyAnswer(key: KeyView): Answer {
  const lines = [
    ["id", key.id],
    ["name", key.name],
    ["key", key.secrets.map(mask).join(" ")],
    ["status", key.status],
    ["limits", describeLimits(key.limits)],
    ["models", key.limits.models.join(" ") || text("columns.none")],
    ["addresses", key.limits.ipRanges.join(" ") || text("columns.none")],
    ["today", usdExact(key.spentTodayNano)],
    ["month", usdExact(key.spentMonthNano)],
    ["spent", usdExact(key.meter.totalSpentNano)],
    ["lastUsed", minute(key.lastUsedAt)],
    ["expires", minute(key.limits.expiresAt)],
  ] as const;
  const widest = Math.max(...lines.map(([head]) => text(`columns.${head}`).length));
  const rows = lines.map(([head, value]) => `${text(`columns.${head}`).padEnd(widest)}  ${printable(value)}`);
  return { text: rows.join("\n"), json: toJson(key) };
}

function mask({ prefix, lastFour }: SecretView): string {
  return `${prefix}…${lastFour}`;
}

function minute(at: Date | null): string {
  return at ? `${at.toISOString().slice(0, 16)}Z` : text("columns.never");
}

function toJson(key: KeyView) {
  const { totalBudgetNano, periodBudgetNano, maxRequestNano, ...limits } = key.limits;
  const usd = (nano: bigint | null) => (nano === null ? null : usdExact(nano));
  return {
    id: key.id,
    name: key.name,
    status: key.status,
    secrets: key.secrets.map((secret) => ({
      key: mask(secret),
      createdAt: secret.createdAt,
      endsAt: secret.endsAt,
    })),
    spentTodayUsd: usdExact(key.spentTodayNano),
    spentMonthUsd: usdExact(key.spentMonthNano),
    spentTotalUsd: usdExact(key.meter.totalSpentNano),
    limits: {
      ...limits,
      totalBudgetUsd: usd(totalBudgetNano),
      periodBudgetUsd: usd(periodBudgetNano),
      maxRequestUsd: usd(maxRequestNano),
    },
    lastUsedAt: key.lastUsedAt,
    lastClient: key.lastClient,
    createdAt: key.createdAt,
    pausedAt: key.pausedAt,
    revokedAt: key.revokedAt,
  };
}

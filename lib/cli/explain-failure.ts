import { CommanderError } from "commander";
import { z } from "zod";
import { CliError } from "@/lib/cli/cli-error";
import { printable } from "@/lib/cli/print-table";
import { text } from "@/lib/cli/text";
import { AppError } from "@/lib/errors";
import { fieldMessage } from "@/lib/http/field-message";
import { errorText } from "@/lib/messages/error-text";

/** A sentence for standard error and what the process ends with: 2 for how it was called, 1 for what it met. */
export interface Failure {
  message: string;
  exitCode: number;
}

/** Flags whose name differs from the verb's field. */
const FLAGS: Record<string, string> = {
  totalUsd: "budgetUsd",
  periodUsd: "budgetUsd",
  totalBudgetNano: "budgetUsd",
  periodBudgetNano: "budgetUsd",
  period: "budgetPeriod",
  requestsPerMinute: "rpm",
  tokensPerMinute: "tpm",
  maxParallel: "parallel",
  maxRequestNano: "maxRequestUsd",
  ipRanges: "ip",
  expiresAt: "expires",
  overlapSeconds: "overlap",
  amount: "usd",
  keyId: "id",
  headers: "header",
  allowPrivate: "privateNetwork",
  contextTokens: "context",
  maxOutputTokens: "maxOutput",
  cacheWrite5mUsdPerMillion: "cacheWrite-5mUsdPerMillion",
  cacheWrite1hUsdPerMillion: "cacheWrite-1hUsdPerMillion",
  validFrom: "from",
};

const UNREACHABLE = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "ETIMEDOUT",
  "ENOENT",
  "P1001",
  "P1002",
]);
/** Undefined table, column or function; what Prisma says of the first two. */
const NOT_MIGRATED = new Set(["42P01", "42703", "42883", "3F000", "P2021", "P2022"]);

/** Turns whatever was thrown into one clear sentence. */
export function explainFailure(error: unknown): Failure {
  if (error instanceof CommanderError) {
    return { message: error.message.replace(/^error: /, ""), exitCode: error.exitCode === 0 ? 0 : 2 };
  }
  if (error instanceof CliError) return { message: error.message, exitCode: error.exitCode };
  if (error instanceof z.ZodError) {
    const [issue] = error.issues;
    const message = issue ? fieldMessage(issue, errorText) : error.message;
    return { message: atFlag(issue?.path[0], message), exitCode: 2 };
  }
  if (error instanceof AppError) {
    const message = errorText(error.message, error.values) ?? error.message;
    return { message: error.field ? atFlag(error.field, message) : message, exitCode: 1 };
  }
  const code = codeOf(error);
  if (UNREACHABLE.has(code)) return { message: text("failures.unreachable"), exitCode: 1 };
  if (NOT_MIGRATED.has(code)) return { message: text("failures.notMigrated"), exitCode: 1 };
  const plain = error instanceof Error ? error.message : String(error);
  const line = plain.trim().split("\n").at(-1) ?? "";
  return { message: text("failures.unexpected", { message: printable(line) }), exitCode: 1 };
}

function atFlag(field: PropertyKey | undefined, message: string): string {
  if (typeof field !== "string") return message;
  const flag = (FLAGS[field] ?? field).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return text("failures.flag", { flag: `--${flag}`, message });
}

/** The code of an error or of what caused it, wherever a driver put it. */
function codeOf(error: unknown): string {
  for (let at = error, depth = 0; at && typeof at === "object" && depth < 5; depth++) {
    const found = at as {
      code?: unknown;
      originalCode?: unknown;
      errors?: unknown[];
      cause?: unknown;
      meta?: { driverAdapterError?: unknown };
    };
    if (typeof found.originalCode === "string") return found.originalCode;
    const next = found.meta?.driverAdapterError ?? found.cause ?? found.errors?.[0];
    if (typeof found.code === "string" && !(next && /^P20(10|00)$/.test(found.code))) return found.code;
    at = next;
  }
  return "";
}

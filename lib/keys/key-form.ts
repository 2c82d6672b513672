import { z } from "zod";
import { normalRange } from "@/lib/keys/ip-range";
import { count, type KeyChangesInput, MOST } from "@/lib/keys/key-input";
import { isModelPattern, normalPattern } from "@/lib/keys/model-patterns";
import { MAX_NANO, NANO_PER_USD, parseUsd } from "@/lib/money";

/**
 * Text as people type it into forms and flags, turned into a verb's input. Blank: no such limit. Everything that
 * can be said of the text alone is said here, so that all of it is said at once.
 */

const usd = z
  .string()
  .max(100)
  .transform((text, context) => {
    const plain = text.trim().replace(/^\$\s*/, "");
    if (plain === "") return null;
    const refuse = (message: string) => {
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    };
    if (/^\d+(\.\d*)?$/.test(plain) && BigInt(plain.split(".")[0] ?? "0") > MAX_NANO / NANO_PER_USD) {
      return refuse("amountTooLarge");
    }
    try {
      const nano = parseUsd(plain);
      return nano > 0n ? nano : refuse("amountPositive");
    } catch {
      return refuse("amountInvalid");
    }
  });

const integer = (most: number) =>
  z
    .string()
    .max(100)
    .transform((text, context) => {
      const plain = text.trim();
      if (plain === "") return null;
      if (/^-?\d{1,15}$/.test(plain)) return Number(plain);
      context.addIssue({ code: "custom", message: "notANumber" });
      return z.NEVER;
    })
    .pipe(count(most).nullable());

const split = (text: string) =>
  text
    .split(/[\s,;]+/)
    .map((part) => part.trim())
    .filter(Boolean);
/** One text of many lines, or a checkbox's several values; a blank one only says that the field was there. */
const list = z.union([
  z.string().max(20_000).transform(split),
  z
    .array(z.string().max(500))
    .max(1_000)
    .transform((values) => values.filter((value) => value.trim() !== "")),
]);

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/** JavaScript reads 30 February as 2 March. */
function dayExists(text: string): boolean {
  const day = text.slice(0, 10);
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

const time = z
  .string()
  .max(100)
  .transform((text, context) => {
    const plain = text.trim();
    if (plain === "") return null;
    const at = new Date(DATE.test(plain) ? `${plain}T00:00:00Z` : TIME.test(plain) ? plain : Number.NaN);
    if (!Number.isNaN(at.getTime()) && dayExists(plain)) return at;
    context.addIssue({ code: "custom", message: "notATime" });
    return z.NEVER;
  });

/**
 * A key's limits as text: `periodUsd` "15" with `period` "month"; `expiresAt` ISO 8601 with its zone, or a date,
 * which means its midnight UTC. A field that is missing altogether stays as it is.
 */
export const LimitsForm = z
  .object({
    totalUsd: usd.optional(),
    periodUsd: usd.optional(),
    period: z.enum(["day", "week", "month"]).optional(),
    requestsPerMinute: integer(MOST.requestsPerMinute).optional(),
    tokensPerMinute: integer(MOST.tokensPerMinute).optional(),
    maxParallel: integer(MOST.maxParallel).optional(),
    maxRequestUsd: usd.optional(),
    models: list
      .refine((entries) => entries.map(normalPattern).every(isModelPattern), "modelPattern")
      .optional(),
    ipRanges: list.refine((ranges) => !ranges.map(normalRange).includes(null), "ipRange").optional(),
    expiresAt: time.optional(),
  })
  .transform(
    ({ totalUsd, periodUsd, period, maxRequestUsd, ...rest }): Omit<KeyChangesInput, "name"> => ({
      ...rest,
      totalBudgetNano: totalUsd,
      maxRequestNano: maxRequestUsd,
      periodBudgetNano: periodUsd,
      // The choice of a period means nothing without an amount.
      period: periodUsd === undefined ? undefined : periodUsd === null ? null : (period ?? "month"),
    }),
  );

import { z } from "zod";
import { normalRange } from "@/lib/keys/ip-range";
import { isModelPattern, normalPattern } from "@/lib/keys/model-patterns";
import { MAX_NANO } from "@/lib/money";

/** At most this many keys that are not revoked, per workspace. */
export const MAX_KEYS = 10_000;
export const NAME_LENGTH = 80;
const MODELS = 100;
const RANGES = 50;

/** Control characters, separators of lines, overrides of writing direction and broken UTF-16: never in a name. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;

/** A secret that was pasted into the wrong field. */
const KEY_SHAPE = /(?:sk|mk)-tg-[0-9A-Za-z]{49}/;

/** Trimmed, 1 to 80 characters, and no key itself. Markup is text like any other. */
export const KeyName = z
  .string()
  .trim()
  .min(1)
  .max(NAME_LENGTH)
  .refine((name) => !UNPRINTABLE.test(name), "unprintable")
  .refine((name) => !KEY_SHAPE.test(name), "nameHoldsKey");

/** Counts are INTEGER columns; these bounds are far beyond what anyone means. */
export const MOST = { requestsPerMinute: 1_000_000, tokensPerMinute: 2_147_483_647, maxParallel: 100_000 };

const amount = z
  .bigint()
  .refine((nano) => nano > 0n, "amountPositive")
  .refine((nano) => nano <= MAX_NANO, "amountTooLarge");
export const count = (max: number) => z.number().int().min(1).max(max);

const models = z
  .array(z.string())
  .max(MODELS)
  .transform((entries) => [...new Set(entries.map(normalPattern))])
  .refine(
    (entries) => entries.every((entry) => isModelPattern(entry) && !KEY_SHAPE.test(entry)),
    "modelPattern",
  );

const ipRanges = z
  .array(z.string())
  .max(RANGES)
  .transform((ranges, context) => {
    const normal = ranges.map(normalRange);
    if (normal.includes(null)) context.addIssue({ code: "custom", message: "ipRange" });
    return [...new Set(normal.filter((range) => range !== null))];
  });

/**
 * What a key may do at most. Absent: unchanged (or none, for a new key); null or an empty list: no such limit.
 * Amounts in nano-USD. The period's budget and the period come together.
 */
export const LimitsInput = z.object({
  models: models.nullish(),
  ipRanges: ipRanges.nullish(),
  totalBudgetNano: amount.nullish(),
  periodBudgetNano: amount.nullish(),
  period: z.enum(["day", "week", "month"]).nullish(),
  requestsPerMinute: count(MOST.requestsPerMinute).nullish(),
  tokensPerMinute: count(MOST.tokensPerMinute).nullish(),
  maxParallel: count(MOST.maxParallel).nullish(),
  maxRequestNano: amount.nullish(),
  expiresAt: z.date().nullish(),
});

export const NewKey = LimitsInput.extend({ name: KeyName });
export type NewKeyInput = z.input<typeof NewKey>;

/** `updatedAt`, when given, is the state that the edit started from: a change since then refuses it. */
export const KeyChanges = LimitsInput.extend({ name: KeyName.optional(), updatedAt: z.date().optional() });
export type KeyChangesInput = z.input<typeof KeyChanges>;

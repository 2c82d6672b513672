import { z } from "zod";
import { about } from "@/lib/api/text";
import { MAX_NANO, NANO_PER_USD, parseUsd } from "@/lib/money";

const DECIMAL = /^\d{1,19}(\.\d{1,9})?$/;

/**
 * US dollars as exact decimal text, turned into nano-USD. A JSON number is taken as the shortest decimal that means
 * it, which is what was typed; one that has none at most nine places long is refused.
 */
export const Usd = z
  .union([
    z
      .string()
      .regex(DECIMAL, "amountInvalid")
      .meta({ examples: ["25", "0.50"] }),
    z.number().min(0),
  ])
  .transform((given, context) => {
    const plain = String(given);
    const refuse = (message: string) => {
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    };
    if (!DECIMAL.test(plain)) return refuse("amountInvalid");
    if (BigInt(plain.split(".")[0] ?? "0") > MAX_NANO / NANO_PER_USD) return refuse("amountTooLarge");
    try {
      return parseUsd(plain);
    } catch {
      return refuse("amountTooLarge");
    }
  });

/** The same in an answer. */
export const UsdText = z
  .string()
  .regex(/^-?\d+(\.\d{1,9})?$/)
  .describe(about("usd"));

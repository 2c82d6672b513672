import { z } from "zod";
import { MAX_NANO, parseUsd } from "@/lib/money";

/** Letters, digits and dashes, in any case and with any spaces around or inside, as people type and paste them. */
export const Code = z
  .string()
  .max(100)
  .transform((typed) => typed.replace(/\s+/g, "").toUpperCase())
  .pipe(z.string().regex(/^[A-Z0-9][A-Z0-9-]{3,39}$/, "codeShape"));

const Amount = z.string().transform((typed, context) => {
  try {
    const nano = parseUsd(typed);
    if (nano > 0n && nano <= MAX_NANO / 1_000n) return nano;
  } catch {
    // Judged below.
  }
  context.addIssue({ code: "custom", message: "amountInvalid" });
  return z.NEVER;
});

export const NewCode = z.strictObject({
  /** Made up where none is given. */
  code: Code.optional(),
  amountUsd: Amount,
  maxUses: z.number().int().min(1).max(1_000_000).nullable().default(null),
  endsAt: z.date().nullable().default(null),
  creditLastsDays: z.number().int().min(1).max(3_650).nullable().default(null),
  note: z.string().trim().max(200).default(""),
});

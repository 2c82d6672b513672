import { z } from "zod";
import { MAX_NANO, parseUsd } from "@/lib/money";

/** Decimal text with at most two digits after the point, as minor units. */
const Price = z.string().transform((typed, context) => {
  const match = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(typed.trim());
  const minor = match ? BigInt(match[1] ?? "") * 100n + BigInt((match[2] ?? "").padEnd(2, "0")) : 0n;
  // Stripe charges nothing below half a dollar.
  if (minor >= 50n) return minor;
  context.addIssue({ code: "custom", message: "priceInvalid" });
  return z.NEVER;
});

const Credit = z.string().transform((typed, context) => {
  try {
    const nano = parseUsd(typed);
    if (nano >= 0n && nano <= MAX_NANO / 1_000n) return nano;
  } catch {
    // Judged below.
  }
  context.addIssue({ code: "custom", message: "amountInvalid" });
  return z.NEVER;
});

export const PackId = z.string().regex(/^[a-z0-9][a-z0-9_-]{1,39}$/, "packId");

export const SavePack = z.strictObject({
  id: PackId,
  name: z.string().trim().min(1).max(60),
  price: Price,
  currency: z
    .string()
    .regex(/^[a-z]{3}$/, "currency")
    .default("usd"),
  creditUsd: Credit,
  bonusUsd: Credit.default(0n),
  active: z.boolean().default(true),
  sort: z.number().int().min(0).max(10_000).default(0),
});

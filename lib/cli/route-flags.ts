import { z } from "zod";
import type { Flag } from "@/lib/cli/add-verb";

/** Where a route stands, and what the upstream charges us, for `models add` and `routes add`. */
export const ROUTE_FLAGS: readonly Flag[] = [
  { flag: "--priority <number>", about: "flags.priority" },
  { flag: "--weight <number>", about: "flags.weight" },
  { flag: "--input-cost-usd-per-million <cost>", about: "flags.inputCost" },
  { flag: "--output-cost-usd-per-million <cost>", about: "flags.outputCost" },
];

/** A whole number as text. */
export const wholeNumber = z
  .string()
  .regex(/^\d{1,9}$/, "notANumber")
  .transform(Number);

/** `--enable` and `--disable`. */
export const ON_OFF = { enable: z.boolean().optional(), disable: z.boolean().optional() };

export const ROUTE_FIELDS = {
  priority: wholeNumber.optional(),
  weight: wholeNumber.optional(),
  inputCostUsdPerMillion: z.string().optional(),
  outputCostUsdPerMillion: z.string().optional(),
};

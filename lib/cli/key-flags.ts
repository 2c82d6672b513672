import { z } from "zod";
import type { Flag } from "@/lib/cli/add-verb";
import { LimitsForm } from "@/lib/keys/key-form";
import { parseOverlap } from "@/lib/keys/overlap";

const LIMIT_FLAGS: readonly Flag[] = [
  { flag: "--models <ids>", about: "flags.models" },
  { flag: "--budget-usd <amount>", about: "flags.budgetUsd" },
  { flag: "--budget-period <period>", about: "flags.budgetPeriod" },
  { flag: "--rpm <count>", about: "flags.rpm" },
  { flag: "--tpm <count>", about: "flags.tpm" },
  { flag: "--parallel <count>", about: "flags.parallel" },
  { flag: "--max-request-usd <amount>", about: "flags.maxRequestUsd" },
  { flag: "--ip <ranges>", about: "flags.ip" },
  { flag: "--expires <time>", about: "flags.expires" },
];

/** The flags of `keys create`. */
export const KEY_FLAGS: readonly Flag[] = [
  { flag: "--email <address>", about: "flags.email", required: true },
  { flag: "--name <name>", about: "flags.keyName", required: true },
  ...LIMIT_FLAGS,
];

/** The flags of `keys update`. */
export const KEY_CHANGE_FLAGS: readonly Flag[] = [
  { flag: "--id <key>", about: "flags.keyId", required: true },
  { flag: "--name <name>", about: "flags.keyName" },
  ...LIMIT_FLAGS,
];

const value = z.string().optional();
/** What takes a limit away, besides nothing at all between quotes. */
const removable = value.transform((typed) => (typed?.trim().toLowerCase() === "none" ? "" : typed));

const limitFlags = {
  models: removable,
  budgetUsd: removable,
  budgetPeriod: z.enum(["day", "week", "month", "total"]).optional(),
  rpm: removable,
  tpm: removable,
  parallel: removable,
  maxRequestUsd: removable,
  ip: removable,
  expires: removable,
};
const LimitFlags = z.object(limitFlags);

/** Those flags as limits. A budget without a period is one in total. */
function toLimits(flags: z.output<typeof LimitFlags>) {
  const { budgetUsd, budgetPeriod = "total" } = flags;
  return LimitsForm.parse({
    ...(budgetPeriod === "total" ? { totalUsd: budgetUsd } : { periodUsd: budgetUsd, period: budgetPeriod }),
    requestsPerMinute: flags.rpm,
    tokensPerMinute: flags.tpm,
    maxParallel: flags.parallel,
    maxRequestUsd: flags.maxRequestUsd,
    models: flags.models,
    ipRanges: flags.ip,
    expiresAt: flags.expires,
  });
}

const WITHOUT_BUDGET = { path: ["budgetUsd"], message: "periodNeedsBudget" };
const hasBudget = (flags: z.output<typeof LimitFlags>) =>
  flags.budgetPeriod === undefined || flags.budgetUsd !== undefined;

/** `keys create`: a person, a name and limits. */
export const KeyFlags = z
  .object({ email: z.string(), name: z.string(), ...limitFlags })
  .refine(hasBudget, WITHOUT_BUDGET)
  .transform(({ email, name, ...flags }) => ({ email, name, limits: toLimits(flags) }));

/** `keys update`: a key, and what is to be different. */
export const KeyChangeFlags = z
  .object({ id: z.string(), name: z.string().optional(), ...limitFlags })
  .refine(hasBudget, WITHOUT_BUDGET)
  .transform(({ id, name, ...flags }) => ({ id, name, limits: toLimits(flags) }));

const Overlap = z.string().transform((typed, context) => {
  const seconds = parseOverlap(typed);
  if (seconds !== null) return seconds;
  context.addIssue({ code: "custom", message: "overlap" });
  return z.NEVER;
});

/** How `keys rotate` and `keys rotate-all` go about it; one of the two must be given. */
export const ROTATION_FLAGS: readonly Flag[] = [
  { flag: "--overlap <time>", about: "flags.overlap" },
  { flag: "--leaked", about: "flags.leaked" },
];
export const rotationFlags = { overlap: Overlap.optional(), leaked: z.boolean().default(false) };

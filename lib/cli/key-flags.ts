import { z } from "zod";
import type { Flag } from "@/lib/cli/add-verb";
import { LimitsForm } from "@/lib/keys/key-form";

/** The flags of `keys create`. */
export const KEY_FLAGS: readonly Flag[] = [
  { flag: "--email <address>", about: "flags.email", required: true },
  { flag: "--name <name>", about: "flags.keyName", required: true },
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

const value = z.string().optional();

/** Those flags as a person, a name and limits. A budget without a period is one in total. */
export const KeyFlags = z
  .object({
    email: z.string(),
    name: z.string(),
    models: value,
    budgetUsd: value,
    budgetPeriod: z.enum(["day", "week", "month", "total"]).optional(),
    rpm: value,
    tpm: value,
    parallel: value,
    maxRequestUsd: value,
    ip: value,
    expires: value,
  })
  .refine((flags) => flags.budgetPeriod === undefined || flags.budgetUsd !== undefined, {
    path: ["budgetUsd"],
    message: "periodNeedsBudget",
  })
  .transform((flags) => {
    const { email, name, budgetUsd, budgetPeriod = "total" } = flags;
    const limits = LimitsForm.parse({
      ...(budgetPeriod === "total"
        ? { totalUsd: budgetUsd }
        : { periodUsd: budgetUsd, period: budgetPeriod }),
      requestsPerMinute: flags.rpm,
      tokensPerMinute: flags.tpm,
      maxParallel: flags.parallel,
      maxRequestUsd: flags.maxRequestUsd,
      models: flags.models,
      ipRanges: flags.ip,
      expiresAt: flags.expires,
    });
    return { email, name, limits };
  });

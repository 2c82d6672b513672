import type { Command } from "commander";
import { z } from "zod";
import { type Answer, addVerb, type Shell } from "@/lib/cli/add-verb";
import { contextOf } from "@/lib/cli/context";
import { printTable } from "@/lib/cli/print-table";
import { text } from "@/lib/cli/text";
import { usdExact } from "@/lib/money";
import { LONGEST_RANGE_DAYS, parseRange } from "@/lib/usage/parse-range";
import { summarizeUsage, type UsageSummary } from "@/lib/usage/summarize-usage";
import type { UsageSums } from "@/lib/usage/usage-sums";
import { addDays, dayAt } from "@/lib/usage/zone-days";

/** `usage show`. */
export function registerUsage(program: Command, shell: Shell): void {
  const usage = program.command("usage").description(text("nouns.usage"));
  addVerb(usage, shell, {
    name: "show",
    about: "verbs.usageShow",
    flags: [
      { flag: "--email <address>", about: "flags.email", required: true },
      { flag: "--days <count>", about: "flags.days" },
    ],
    schema: z.object({
      email: z.string(),
      days: z.coerce.number().int().min(1).max(LONGEST_RANGE_DAYS).default(30),
    }),
    run: async ({ email, days }) => {
      const ctx = await contextOf(email);
      const now = new Date();
      const today = dayAt(now, "UTC");
      const { range } = parseRange({ from: addDays(today, 1 - days), to: today }, "UTC", now);
      const [byModel, byKey] = await Promise.all([
        summarizeUsage(ctx, { range, groupBy: "model" }),
        summarizeUsage(ctx, { range, groupBy: "key" }),
      ]);
      return usageAnswer(ctx.email, range.fromDay, range.toDay, byModel, byKey);
    },
  });
}

const FIGURES = ["calls", "failed", "tokensIn", "cached", "tokensOut", "cost"] as const;

function usageAnswer(
  email: string,
  from: string,
  to: string,
  byModel: UsageSummary,
  byKey: UsageSummary,
): Answer {
  const json = {
    email,
    from,
    to,
    totals: sumsJson(byModel.totals),
    byDay: byModel.slots
      .filter(({ sums }) => sums.calls > 0n)
      .map(({ from: start, sums }) => ({ from: start, ...sumsJson(sums) })),
    byModel: byModel.groups.map(({ id, sums }) => ({ model: id, ...sumsJson(sums) })),
    byKey: byKey.groups.map(({ id, name, sums }) => ({ key: id, name, ...sumsJson(sums) })),
  };
  if (byModel.totals.calls === 0n) return { text: text("answers.noCalls"), json };
  const table = (head: string, { groups, totals }: UsageSummary) =>
    printTable(
      [{ head }, ...FIGURES.map((name) => ({ head: text(`columns.${name}`), right: true }))],
      [
        ...groups.map(({ name, sums }) => [name, ...figures(sums)]),
        [text("columns.total"), ...figures(totals)],
      ],
    );
  return { text: `${table(text("columns.model"), byModel)}\n\n${table(text("columns.name"), byKey)}`, json };
}

function figures(sums: UsageSums): string[] {
  const counts = [
    sums.calls,
    sums.failed,
    sums.inputTokens,
    sums.cachedTokens,
    sums.outputTokens + sums.reasoningTokens,
  ];
  return [...counts.map(String), usdExact(sums.costNano)];
}

/** Counts as numbers: they stay far below 2^53. Money as exact decimal text. */
function sumsJson(sums: UsageSums) {
  return {
    calls: Number(sums.calls),
    failed: Number(sums.failed),
    inputTokens: Number(sums.inputTokens),
    cachedTokens: Number(sums.cachedTokens),
    outputTokens: Number(sums.outputTokens),
    reasoningTokens: Number(sums.reasoningTokens),
    costUsd: usdExact(sums.costNano),
  };
}

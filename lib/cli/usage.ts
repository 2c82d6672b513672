import type { Command } from "commander";
import { z } from "zod";
import { type Answer, addVerb, type Shell } from "@/lib/cli/add-verb";
import { contextOf } from "@/lib/cli/context";
import { printTable } from "@/lib/cli/print-table";
import { text } from "@/lib/cli/text";
import { usdExact } from "@/lib/money";
import { LONGEST_RANGE_DAYS } from "@/lib/usage/parse-range";
import { type CliUsage, usageForCli } from "@/lib/usage/usage-for-cli";
import type { UsageSums } from "@/lib/usage/usage-sums";

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
      return usageAnswer(ctx.email, await usageForCli(ctx, { days }));
    },
  });
}

const FIGURES = ["calls", "failed", "tokensIn", "cached", "tokensOut", "cost"] as const;

function usageAnswer(email: string, usage: CliUsage): Answer {
  const json = {
    email,
    from: usage.fromDay,
    to: usage.toDay,
    totals: sumsJson(usage.totals),
    byDay: usage.days.map(({ day, ...sums }) => ({ day, ...sumsJson(sums) })),
    byModel: usage.models.map(({ model, ...sums }) => ({ model, ...sumsJson(sums) })),
    byKey: usage.keys.map(({ id, name, ...sums }) => ({ key: id, name, ...sumsJson(sums) })),
  };
  if (usage.totals.calls === 0n) return { text: text("answers.noCalls"), json };
  const table = (head: string, rows: ({ name: string } & UsageSums)[]) =>
    printTable(
      [{ head }, ...FIGURES.map((name) => ({ head: text(`columns.${name}`), right: true }))],
      [
        ...rows.map(({ name, ...sums }) => [name, ...figures(sums)]),
        [text("columns.total"), ...figures(usage.totals)],
      ],
    );
  const byModel = table(
    text("columns.model"),
    usage.models.map((row) => ({ ...row, name: row.model })),
  );
  return { text: `${byModel}\n\n${table(text("columns.name"), usage.keys)}`, json };
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

import type { Command } from "commander";
import { z } from "zod";
import { createCode } from "@/lib/billing/codes/create-code";
import { withdrawCode } from "@/lib/billing/codes/withdraw-code";
import { addVerb, type Shell } from "@/lib/cli/add-verb";
import { cliContext } from "@/lib/cli/context";
import { printTable } from "@/lib/cli/print-table";
import { text } from "@/lib/cli/text";
import { db } from "@/lib/db";
import { formatUsd, usdExact } from "@/lib/money";

/** `codes create`, `codes list`, `codes withdraw`: promotional credit by a code, or as a gift. */
export function registerCodes(program: Command, shell: Shell): void {
  const codes = program.command("codes").description(text("nouns.codes"));
  addVerb(codes, shell, {
    name: "create",
    about: "verbs.codesCreate",
    flags: [
      { flag: "--usd <amount>", about: "flags.usd", required: true },
      { flag: "--code <code>", about: "flags.code" },
      { flag: "--max-uses <number>", about: "flags.maxUses" },
      { flag: "--ends <time>", about: "flags.codeEnds" },
      { flag: "--credit-lasts-days <number>", about: "flags.creditLastsDays" },
      { flag: "--note <text>", about: "flags.note" },
    ],
    schema: z.object({
      usd: z.string(),
      code: z.string().optional(),
      maxUses: z.coerce.number().optional(),
      ends: z.coerce.date().optional(),
      creditLastsDays: z.coerce.number().optional(),
      note: z.string().optional(),
    }),
    run: async ({ usd, ends, maxUses, creditLastsDays, ...rest }) => {
      const made = await createCode(cliContext(), {
        ...rest,
        amountUsd: usd,
        endsAt: ends ?? null,
        maxUses: maxUses ?? null,
        creditLastsDays: creditLastsDays ?? null,
      });
      return { text: made.code, json: made };
    },
  });
  addVerb(codes, shell, {
    name: "list",
    about: "verbs.codesList",
    flags: [],
    schema: z.object({}),
    run: async () => {
      const rows = await db().promoCode.findMany({ orderBy: { createdAt: "desc" }, take: 1_000 });
      const heads = ["id", "code", "credit", "uses", "expires", "status"] as const;
      const cells = rows.map((row) => [
        row.id,
        row.code,
        formatUsd(row.amountNano),
        row.maxUses === null ? String(row.uses) : `${row.uses}/${row.maxUses}`,
        row.endsAt?.toISOString() ?? text("columns.never"),
        text(row.withdrawnAt ? "answers.packWithdrawn" : "columns.ok"),
      ]);
      return {
        text: printTable(
          heads.map((head) => ({ head: text(`columns.${head}`) })),
          cells,
        ),
        json: rows.map(({ amountNano, ...row }) => ({ ...row, usd: usdExact(amountNano) })),
      };
    },
  });
  addVerb(codes, shell, {
    name: "withdraw",
    about: "verbs.codesWithdraw",
    flags: [{ flag: "--id <id>", about: "flags.codeId", required: true }],
    schema: z.object({ id: z.string() }),
    run: async ({ id }) => {
      await withdrawCode(cliContext(), { id });
      return { text: text("answers.codeWithdrawn", { id }), json: { id } };
    },
  });
}

import { randomUUID } from "node:crypto";
import type { Command } from "commander";
import { z } from "zod";
import { actorName } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { addVerb, type Shell } from "@/lib/cli/add-verb";
import { contextOf } from "@/lib/cli/context";
import { printTable } from "@/lib/cli/print-table";
import { text } from "@/lib/cli/text";
import { db } from "@/lib/db";
import { getWallet } from "@/lib/ledger/get-wallet";
import { grantCredits } from "@/lib/ledger/grant-credits";
import { takeCredits } from "@/lib/ledger/take-credits";
import { parseUsd, usdExact } from "@/lib/money";

const Usd = z.string().transform((typed, context) => {
  const refuse = (message: string) => {
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  };
  try {
    const nano = parseUsd(typed);
    return nano > 0n ? nano : refuse("amountAboveZero");
  } catch {
    return refuse(/^\d{10,}(\.\d*)?$/.test(typed.trim()) ? "amountOutOfRange" : "amountInvalid");
  }
});

/** `credits grant`, `credits take` and `credits show`. */
export function registerCredits(program: Command, shell: Shell): void {
  const credits = program.command("credits").description(text("nouns.credits"));
  addVerb(credits, shell, {
    name: "grant",
    about: "verbs.creditsGrant",
    flags: [
      { flag: "--email <address>", about: "flags.email", required: true },
      { flag: "--usd <amount>", about: "flags.usd", required: true },
      { flag: "--reason <text>", about: "flags.reason", required: true },
      { flag: "--promotional", about: "flags.promotional" },
    ],
    schema: z.object({
      email: z.string(),
      usd: Usd,
      reason: z.string().trim().min(1).max(500),
      promotional: z.boolean().default(false),
    }),
    run: async ({ email, usd, reason, promotional }) => {
      const ctx = await contextOf(email);
      const key = `grant:${randomUUID()}`;
      const { balanceNano } = await db().$transaction(async (tx) => {
        const granted = await grantCredits(tx, {
          workspaceId: ctx.workspaceId,
          amountNano: usd,
          promotional,
          source: "operator",
          key,
          actor: actorName(ctx.actor),
          reason,
          from: promotional ? "promotions" : "adjustments",
        });
        await writeAudit(tx, ctx, {
          action: "credits.grant",
          target: ctx.workspaceId,
          after: { amountNano: usd, reason, promotional, key },
        });
        return granted;
      });
      const amounts = { usd: usdExact(usd), balance: usdExact(balanceNano) };
      return {
        text: text("answers.granted", { ...amounts, email: ctx.email }),
        json: {
          email: ctx.email,
          workspaceId: ctx.workspaceId,
          grantedUsd: amounts.usd,
          balanceUsd: amounts.balance,
        },
      };
    },
  });

  addVerb(credits, shell, {
    name: "take",
    about: "verbs.creditsTake",
    flags: [
      { flag: "--email <address>", about: "flags.email", required: true },
      { flag: "--usd <amount>", about: "flags.usd", required: true },
      { flag: "--reason <text>", about: "flags.takeReason", required: true },
    ],
    schema: z.object({ email: z.string(), usd: Usd, reason: z.string().trim().min(1).max(500) }),
    run: async ({ email, usd, reason }) => {
      const ctx = await contextOf(email);
      const key = `correction:${randomUUID()}`;
      const { balanceNano } = await db().$transaction(async (tx) => {
        const actor = actorName(ctx.actor);
        const taken = await takeCredits(tx, {
          workspaceId: ctx.workspaceId,
          amountNano: usd,
          key,
          actor,
          reason,
        });
        const after = { amountNano: usd, reason, key };
        await writeAudit(tx, ctx, { action: "credits.take", target: ctx.workspaceId, after });
        return taken;
      });
      const amounts = { usd: usdExact(usd), balance: usdExact(balanceNano) };
      return {
        text: text("answers.taken", { ...amounts, email: ctx.email }),
        json: {
          email: ctx.email,
          workspaceId: ctx.workspaceId,
          takenUsd: amounts.usd,
          balanceUsd: amounts.balance,
        },
      };
    },
  });

  addVerb(credits, shell, {
    name: "show",
    about: "verbs.creditsShow",
    flags: [{ flag: "--email <address>", about: "flags.email", required: true }],
    schema: z.object({ email: z.string() }),
    run: async ({ email }) => {
      const ctx = await contextOf(email);
      const wallet = await getWallet(ctx.workspaceId);
      const [available, held, balance, debt] = [
        wallet.availableNano,
        wallet.reservedNano,
        wallet.balanceNano,
        wallet.debtNano,
      ].map(usdExact) as [string, string, string, string];
      const heads = ["available", "held", "balance", "debt"] as const;
      const columns = [
        ...heads.map((name) => ({ head: text(`columns.${name}`), right: true })),
        { head: text("columns.state") },
      ];
      const state = text(wallet.frozen ? "columns.frozen" : "columns.ok");
      return {
        text: printTable(columns, [[available, held, balance, debt, state]]),
        json: {
          email: ctx.email,
          workspaceId: ctx.workspaceId,
          availableUsd: available,
          heldUsd: held,
          balanceUsd: balance,
          debtUsd: debt,
          callsInFlight: wallet.openHolds,
          frozen: wallet.frozen,
        },
      };
    },
  });
}

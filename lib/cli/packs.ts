import type { Command } from "commander";
import { z } from "zod";
import { formatMinor } from "@/lib/billing/format-minor";
import { savePack } from "@/lib/billing/packs/save-pack";
import { syncPacks } from "@/lib/billing/packs/sync-packs";
import { addVerb, type Shell } from "@/lib/cli/add-verb";
import { cliContext } from "@/lib/cli/context";
import { printTable } from "@/lib/cli/print-table";
import { text } from "@/lib/cli/text";
import { db } from "@/lib/db";
import { formatUsd, usdExact } from "@/lib/money";

/** `packs list`, `packs save`, `packs sync`. */
export function registerPacks(program: Command, shell: Shell): void {
  const packs = program.command("packs").description(text("nouns.packs"));
  addVerb(packs, shell, {
    name: "list",
    about: "verbs.packsList",
    flags: [],
    schema: z.object({}),
    run: async () => {
      const rows = await db().pack.findMany({ orderBy: [{ sort: "asc" }, { id: "asc" }] });
      const cells = rows.map((pack) => [
        pack.id,
        pack.name,
        formatMinor(pack.priceMinor, pack.currency),
        formatUsd(pack.creditNano),
        formatUsd(pack.bonusNano),
        text(pack.active ? "answers.packOnSale" : "answers.packWithdrawn"),
        pack.stripePriceId ?? "",
      ]);
      const heads = ["id", "name", "price", "credit", "bonus", "status", "stripePrice"] as const;
      return {
        text: printTable(
          heads.map((head) => ({ head: text(`columns.${head}`) })),
          cells,
        ),
        json: rows.map(({ priceMinor, creditNano, bonusNano, ...pack }) => ({
          ...pack,
          priceMinor: priceMinor.toString(),
          creditUsd: usdExact(creditNano),
          bonusUsd: usdExact(bonusNano),
        })),
      };
    },
  });
  addVerb(packs, shell, {
    name: "save",
    about: "verbs.packsSave",
    flags: [
      { flag: "--id <id>", about: "flags.packId", required: true },
      { flag: "--name <name>", about: "flags.packName", required: true },
      { flag: "--price <amount>", about: "flags.packPrice", required: true },
      { flag: "--credit-usd <amount>", about: "flags.packCredit", required: true },
      { flag: "--bonus-usd <amount>", about: "flags.packBonus" },
      { flag: "--currency <code>", about: "flags.packCurrency" },
      { flag: "--sort <number>", about: "flags.packSort" },
      { flag: "--withdrawn", about: "flags.packWithdrawn" },
    ],
    schema: z.object({
      id: z.string(),
      name: z.string(),
      price: z.string(),
      creditUsd: z.string(),
      bonusUsd: z.string().optional(),
      currency: z.string().optional(),
      sort: z.coerce.number().optional(),
      withdrawn: z.boolean().default(false),
    }),
    run: async ({ withdrawn, ...input }) => {
      const pack = await savePack(cliContext(), { ...input, active: !withdrawn });
      return { text: text("answers.packSaved", { id: pack.id }), json: { id: pack.id } };
    },
  });
  addVerb(packs, shell, {
    name: "sync",
    about: "verbs.packsSync",
    flags: [],
    schema: z.object({}),
    run: async () => {
      const synced = await syncPacks(cliContext());
      const cells = synced.map(({ id, stripePriceId, change }) => [id, change, stripePriceId ?? ""]);
      const heads = ["id", "change", "stripePrice"] as const;
      return {
        text: printTable(
          heads.map((head) => ({ head: text(`columns.${head}`) })),
          cells,
        ),
        json: synced,
      };
    },
  });
}

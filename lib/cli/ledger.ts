import type { Command } from "commander";
import { z } from "zod";
import { addVerb, type Shell } from "@/lib/cli/add-verb";
import { printTable } from "@/lib/cli/print-table";
import { text } from "@/lib/cli/text";
import { checkLedger } from "@/lib/ledger/check-ledger";

/** `ledger check`. */
export function registerLedger(program: Command, shell: Shell): void {
  const ledger = program.command("ledger").description(text("nouns.ledger"));
  addVerb(ledger, shell, {
    name: "check",
    about: "verbs.ledgerCheck",
    flags: [],
    schema: z.object({}),
    run: async () => {
      const drift = await checkLedger();
      const json = { ok: drift.length === 0, drift };
      if (drift.length === 0) return { text: text("answers.noDrift"), json };
      const columns = (["what", "subject", "expected", "found"] as const).map((name) => ({
        head: text(`columns.${name}`),
        right: name === "expected" || name === "found",
      }));
      const rows = drift.map(({ what, subject, expected, found }) => [what, subject, expected, found]);
      return {
        text: printTable(columns, rows),
        json,
        note: text("answers.drift", { count: drift.length }),
        exitCode: 1,
      };
    },
  });
}

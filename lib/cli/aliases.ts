import type { Command } from "commander";
import { z } from "zod";
import { addAlias } from "@/lib/catalog/add-alias";
import { listAliases } from "@/lib/catalog/list-aliases";
import { removeAlias } from "@/lib/catalog/remove-alias";
import { addVerb, type Shell } from "@/lib/cli/add-verb";
import { cliContext } from "@/lib/cli/context";
import { printTable } from "@/lib/cli/print-table";
import { text } from "@/lib/cli/text";

/** `aliases add`, `aliases list`, `aliases remove`: one name for several models. */
export function registerAliases(program: Command, shell: Shell): void {
  const aliases = program.command("aliases").description(text("nouns.aliases"));
  addVerb(aliases, shell, {
    name: "add",
    about: "verbs.aliasesAdd",
    flags: [
      { flag: "--id <id>", about: "flags.aliasId", required: true },
      { flag: "--models <ids>", about: "flags.aliasModels", required: true },
      { flag: "--strategy <strategy>", about: "flags.strategy" },
      { flag: "--display-name <name>", about: "flags.displayName" },
      { flag: "--description <text>", about: "flags.description" },
    ],
    schema: z.object({
      id: z.string(),
      models: z.string().transform((list) => list.split(",").map((id) => id.trim())),
      strategy: z.enum(["priority", "cheapest", "fastest"]).optional(),
      displayName: z.string().optional(),
      description: z.string().optional(),
    }),
    run: async (wanted) => {
      const { id, added } = await addAlias(cliContext(), wanted);
      const said = added ? "answers.aliasAdded" : "answers.aliasChanged";
      return { text: text(said, { id, models: wanted.models.join(", ") }), json: { id, added } };
    },
  });

  addVerb(aliases, shell, {
    name: "list",
    about: "verbs.aliasesList",
    flags: [],
    schema: z.object({}),
    run: async () => {
      const all = await listAliases(cliContext());
      const heads = ["id", "strategy", "models"] as const;
      const columns = heads.map((head) => ({ head: text(`columns.${head}`) }));
      const rows = all.map(({ id, strategy, models }) => [id, strategy, models.join(" ")]);
      return {
        text: rows.length > 0 ? printTable(columns, rows) : text("answers.noAliases"),
        json: all,
      };
    },
  });

  addVerb(aliases, shell, {
    name: "remove",
    about: "verbs.aliasesRemove",
    flags: [{ flag: "--id <id>", about: "flags.aliasId", required: true }],
    schema: z.object({ id: z.string() }),
    run: async ({ id }) => {
      await removeAlias(cliContext(), { id });
      return { text: text("answers.aliasRemoved", { id }), json: { id } };
    },
  });
}

import type { Command } from "commander";
import { z } from "zod";
import { chatModels } from "@/lib/catalog/chat-models";
import { listModelsFor } from "@/lib/catalog/list-models-for";
import { addVerb, type Shell } from "@/lib/cli/add-verb";
import { CliError } from "@/lib/cli/cli-error";
import { findAllowedModels } from "@/lib/cli/find-allowed-models";
import { printTable } from "@/lib/cli/print-table";
import { readValue } from "@/lib/cli/read-value";
import { text } from "@/lib/cli/text";
import { setupList } from "@/lib/clients/setup-list";
import { setupModels } from "@/lib/clients/setup-models";
import { setupPrint } from "@/lib/clients/setup-print";
import { env } from "@/lib/env";

/** `setup list` and `setup print`. */
export function registerSetup(program: Command, shell: Shell): void {
  const setup = program.command("setup").description(text("nouns.setup"));
  addVerb(setup, shell, {
    name: "list",
    about: "verbs.setupList",
    flags: [],
    schema: z.object({}),
    run: async () => {
      const all = setupList();
      const heads = ["slug", "client", "tabs"] as const;
      const rows = all.map(({ slug, name, tabs }) => [slug, name, tabs.map(({ id }) => id).join(" ")]);
      return {
        text: printTable(
          heads.map((head) => ({ head: text(`columns.${head}`) })),
          rows,
        ),
        json: all,
      };
    },
  });

  addVerb(setup, shell, {
    name: "print",
    about: "verbs.setupPrint",
    flags: [
      { flag: "--client <slug>", about: "flags.client", required: true },
      { flag: "--key <key>", about: "flags.key", required: true },
      { flag: "--model <id>", about: "flags.model" },
      { flag: "--tab <name>", about: "flags.tab" },
    ],
    schema: z.object({
      client: z.string(),
      key: z.string(),
      model: z.string().optional(),
      tab: z.string().optional(),
    }),
    run: async ({ key: given, ...wanted }, io) => {
      const key = (await readValue(given, io)).trim();
      const allowed = await findAllowedModels(key);
      const models = setupModels(chatModels(await listModelsFor(allowed ?? [])));
      const printed = setupPrint({ ...wanted, ...models, key, apiUrl: env().publicApiUrl });
      if (!printed.ok) {
        const { field, message } = printed;
        throw new CliError(text("failures.flag", { flag: `--${field}`, message }), 2);
      }
      const { output, fileName, blocked } = printed;
      const notices = allowed ? printed.notices : [text("answers.keyUnusable"), ...printed.notices];
      return {
        text: output.replace(/\n$/, ""),
        json: { output, notices, fileName, blocked },
        note: notices.join("\n"),
        exitCode: blocked ? 1 : 0,
      };
    },
  });
}

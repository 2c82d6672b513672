import type { Command } from "commander";
import { z } from "zod";
import { addModel } from "@/lib/catalog/add-model";
import { listPublicModels, type PublicModel } from "@/lib/catalog/list-public-models";
import { addVerb, type Flag, type Shell } from "@/lib/cli/add-verb";
import { cliContext } from "@/lib/cli/context";
import { printTable } from "@/lib/cli/print-table";
import { text } from "@/lib/cli/text";
import { usdPerMillion } from "@/lib/money";

const ADD_FLAGS: readonly Flag[] = [
  { flag: "--id <id>", about: "flags.modelId", required: true },
  { flag: "--connection <name>", about: "flags.connection", required: true },
  { flag: "--upstream-id <id>", about: "flags.upstreamId", required: true },
  { flag: "--input-usd-per-million <price>", about: "flags.input", required: true },
  { flag: "--output-usd-per-million <price>", about: "flags.output", required: true },
  { flag: "--context <tokens>", about: "flags.context", required: true },
  { flag: "--max-output <tokens>", about: "flags.maxOutput" },
  { flag: "--tools", about: "flags.tools" },
  { flag: "--no-tools", about: "flags.noTools" },
  { flag: "--vision", about: "flags.vision" },
  { flag: "--prompt-cache", about: "flags.promptCache" },
  { flag: "--privacy", about: "flags.privacy" },
];

const tokens = z
  .string()
  .regex(/^\d{1,9}$/, "notANumber")
  .transform(Number);
const flag = z.boolean().default(false);

/** `models add` and `models list`. */
export function registerModels(program: Command, shell: Shell): void {
  const models = program.command("models").description(text("nouns.models"));
  addVerb(models, shell, {
    name: "add",
    about: "verbs.modelsAdd",
    flags: ADD_FLAGS,
    schema: z.object({
      id: z.string(),
      connection: z.string(),
      upstreamId: z.string(),
      inputUsdPerMillion: z.string(),
      outputUsdPerMillion: z.string(),
      context: tokens,
      maxOutput: tokens.optional(),
      tools: z.boolean().optional(),
      vision: flag,
      promptCache: flag,
      privacy: flag,
    }),
    run: async ({ context, maxOutput, ...wanted }) => {
      const added = { ...wanted, contextTokens: context, maxOutputTokens: maxOutput };
      const { id } = await addModel(cliContext(), added);
      const { inputUsdPerMillion: input, outputUsdPerMillion: output } = wanted;
      return {
        text: text("answers.modelAdded", { id, input, output }),
        json: { id, inputUsdPerMillion: input, outputUsdPerMillion: output },
      };
    },
  });

  addVerb(models, shell, {
    name: "list",
    about: "verbs.modelsList",
    flags: [],
    schema: z.object({}),
    run: async () => {
      const all = await listPublicModels();
      const figures = ["input", "output", "context", "maxOutput"] as const;
      const columns = [
        { head: text("columns.id") },
        ...figures.map((name) => ({ head: text(`columns.${name}`), right: true })),
        { head: text("columns.can") },
      ];
      const rows = all.map((model) => [
        model.id,
        usdPerMillion(model.inputPico),
        usdPerMillion(model.outputPico),
        String(model.contextTokens),
        String(model.maxOutputTokens),
        abilities(model).join(" ") || text("columns.none"),
      ]);
      return {
        text: rows.length > 0 ? printTable(columns, rows) : text("answers.noModels"),
        json: all.map((model) => ({
          id: model.id,
          displayName: model.displayName,
          inputUsdPerMillion: usdPerMillion(model.inputPico),
          cachedInputUsdPerMillion: usdPerMillion(model.cachedInputPico),
          outputUsdPerMillion: usdPerMillion(model.outputPico),
          contextTokens: model.contextTokens,
          maxOutputTokens: model.maxOutputTokens,
          can: abilities(model),
        })),
      };
    },
  });
}

function abilities(model: PublicModel): string[] {
  const names = ["tools", "vision", "promptCache", "reasoning", "structuredOutput", "privacy"] as const;
  return names.filter((name) => model[name]);
}

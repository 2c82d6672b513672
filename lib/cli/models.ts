import type { Command } from "commander";
import { z } from "zod";
import { addModel } from "@/lib/catalog/add-model";
import { listPublicModels, type PublicModel } from "@/lib/catalog/list-public-models";
import { addVerb, type Flag, type Shell } from "@/lib/cli/add-verb";
import { cliContext } from "@/lib/cli/context";
import { changeVerbs } from "@/lib/cli/models-change";
import { PRICE_FIELDS, PRICE_FLAGS } from "@/lib/cli/price-flags";
import { printTable } from "@/lib/cli/print-table";
import { ROUTE_FIELDS, ROUTE_FLAGS, wholeNumber } from "@/lib/cli/route-flags";
import { text } from "@/lib/cli/text";
import { usdPerMillion } from "@/lib/money";

const ADD_FLAGS: readonly Flag[] = [
  { flag: "--id <id>", about: "flags.modelId", required: true },
  { flag: "--connection <name>", about: "flags.connection", required: true },
  { flag: "--upstream-id <id>", about: "flags.upstreamId", required: true },
  ...PRICE_FLAGS,
  { flag: "--context <tokens>", about: "flags.context", required: true },
  { flag: "--max-output <tokens>", about: "flags.maxOutput" },
  { flag: "--display-name <name>", about: "flags.displayName" },
  { flag: "--description <text>", about: "flags.description" },
  { flag: "--embeddings", about: "flags.embeddings" },
  { flag: "--tools", about: "flags.tools" },
  { flag: "--no-tools", about: "flags.noTools" },
  { flag: "--vision", about: "flags.vision" },
  { flag: "--audio", about: "flags.audio" },
  { flag: "--reasoning", about: "flags.reasoning" },
  { flag: "--structured-output", about: "flags.structuredOutput" },
  { flag: "--prompt-cache", about: "flags.promptCache" },
  { flag: "--privacy", about: "flags.privacy" },
  { flag: "--strategy <strategy>", about: "flags.routeStrategy" },
  ...ROUTE_FLAGS,
];

const flag = z.boolean().default(false);

const strategy = z.enum(["priority", "cheapest", "fastest"]).optional();

/** `models add`, `models update`, `models price`, `models list`. */
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
      ...PRICE_FIELDS,
      ...ROUTE_FIELDS,
      context: wholeNumber,
      maxOutput: wholeNumber.optional(),
      displayName: z.string().optional(),
      description: z.string().optional(),
      embeddings: flag,
      tools: z.boolean().optional(),
      vision: flag,
      audio: flag,
      reasoning: flag,
      structuredOutput: flag,
      promptCache: flag,
      privacy: flag,
      strategy,
    }),
    run: async ({ context, maxOutput, embeddings, ...wanted }) => {
      const { id } = await addModel(cliContext(), {
        ...wanted,
        kind: embeddings ? "embeddings" : "chat",
        contextTokens: context,
        maxOutputTokens: maxOutput,
      });
      const { inputUsdPerMillion: input, outputUsdPerMillion: output } = wanted;
      return {
        text: text("answers.modelAdded", { id, input, output }),
        json: { id, inputUsdPerMillion: input, outputUsdPerMillion: output },
      };
    },
  });

  changeVerbs(models, shell);

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
          kind: model.kind,
          aliasOf: model.aliasOf,
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
  const names = [
    "tools",
    "vision",
    "promptCache",
    "reasoning",
    "structuredOutput",
    "audio",
    "privacy",
  ] as const;
  return [...(model.kind === "embeddings" ? ["embeddings"] : []), ...names.filter((name) => model[name])];
}

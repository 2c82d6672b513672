import type { Command } from "commander";
import { z } from "zod";
import { setPrice } from "@/lib/catalog/set-price";
import { updateModel } from "@/lib/catalog/update-model";
import { addVerb, type Flag, type Shell } from "@/lib/cli/add-verb";
import { cliContext } from "@/lib/cli/context";
import { PRICE_FIELDS, PRICE_FLAGS } from "@/lib/cli/price-flags";
import { ON_OFF, wholeNumber } from "@/lib/cli/route-flags";
import { text } from "@/lib/cli/text";

/** What `models update` takes: each ability to switch on or off. */
const UPDATE_FLAGS: readonly Flag[] = [
  { flag: "--id <id>", about: "flags.modelId", required: true },
  { flag: "--display-name <name>", about: "flags.displayName" },
  { flag: "--description <text>", about: "flags.description" },
  { flag: "--context <tokens>", about: "flags.context" },
  { flag: "--max-output <tokens>", about: "flags.maxOutput" },
  { flag: "--strategy <strategy>", about: "flags.routeStrategy" },
  ...(
    [
      ["tools", "tools"],
      ["vision", "vision"],
      ["audio", "audio"],
      ["reasoning", "reasoning"],
      ["structured-output", "structuredOutput"],
      ["prompt-cache", "promptCache"],
      ["privacy", "privacy"],
    ] as const
  ).flatMap(([flag, name]): Flag[] => [
    { flag: `--${flag}`, about: `flags.${name}` },
    { flag: `--no-${flag}`, about: "flags.notThat" },
  ]),
  { flag: "--enable", about: "flags.enable" },
  { flag: "--disable", about: "flags.disable" },
];

const either = z.boolean().optional();
const strategy = z.enum(["priority", "cheapest", "fastest"]).optional();

/** `models update` and `models price`. */
export function changeVerbs(models: Command, shell: Shell): void {
  addVerb(models, shell, {
    name: "update",
    about: "verbs.modelsUpdate",
    flags: UPDATE_FLAGS,
    schema: z.object({
      id: z.string(),
      displayName: z.string().optional(),
      description: z.string().optional(),
      context: wholeNumber.optional(),
      maxOutput: wholeNumber.optional(),
      strategy,
      tools: either,
      vision: either,
      audio: either,
      reasoning: either,
      structuredOutput: either,
      promptCache: either,
      privacy: either,
      ...ON_OFF,
    }),
    run: async ({ context, maxOutput, enable, disable, ...wanted }) => {
      await updateModel(cliContext(), {
        ...wanted,
        contextTokens: context,
        maxOutputTokens: maxOutput,
        enabled: disable ? false : enable,
      });
      return { text: text("answers.updated", { id: wanted.id }), json: { id: wanted.id } };
    },
  });

  addVerb(models, shell, {
    name: "price",
    about: "verbs.modelsPrice",
    flags: [
      { flag: "--id <id>", about: "flags.modelId", required: true },
      ...PRICE_FLAGS,
      { flag: "--from <time>", about: "flags.validFrom" },
    ],
    schema: z.object({
      id: z.string(),
      ...PRICE_FIELDS,
      from: z.iso.datetime({ offset: true, error: "notATime" }).optional(),
    }),
    run: async ({ from, ...wanted }) => {
      const { version } = await setPrice(cliContext(), {
        ...wanted,
        validFrom: from ? new Date(from) : undefined,
      });
      const { id } = wanted;
      return { text: text("answers.priceSet", { id, version }), json: { id, version, from: from ?? null } };
    },
  });
}

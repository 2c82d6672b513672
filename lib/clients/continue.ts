import { answerTokens } from "@/lib/clients/answer-tokens";
import { yamlText } from "@/lib/clients/formats/yaml";
import type { ClientEntry, SetupFacts, SetupModel } from "@/lib/clients/types";

/** Facts: docs.continue.dev/reference (config.yaml, schema v1); CLI cn 1.5.47 as run. */
export const continueDev: ClientEntry = {
  slug: "continue",
  name: "Continue",
  group: "coding",
  aliases: ["Continue.dev", "cn"],
  what: "Open-source coding assistant for VS Code and JetBrains, with the cn command line.",
  homepage: "https://continue.dev",
  forWhom: ["You use Continue in an editor or cn in the terminal, with a config.yaml of your own."],
  notForWhom: ["Your Continue is managed by an organisation that does not let you add models."],
  origin: "your-machine",
  originNote: "The calls come straight from your machine.",
  asks: { address: "apiBase", value: "{base}", key: "apiKey" },
  v1: {
    included: true,
    why: "Continue appends chat/completions to apiBase as it stands.",
  },
  models: {
    how: "typed",
    note: "Continue does not read a list: each model is an entry of the file. The block holds them all.",
  },
  apply: {
    title: "Reload Continue",
    note: "The editor extension reads the file again when it is saved; start cn anew.",
  },
  firstChat: "Open Continue, choose {model-name} below the message box, and say hello.",
  mistakes: [
    { mistake: "apiBase is {root}, without /v1.", fix: "Use {base}." },
    {
      mistake: "The model is set to AUTODETECT.",
      fix: "cn sends that word as the model's name. Write the id.",
    },
    {
      mistake: "A model whose id begins with gpt-5 or o1 to o9 fails in cn.",
      fix: "For such ids cn calls /v1/responses whatever the file says. Choose another model, or an alias with a prefix such as openai/.",
    },
    {
      mistake: "OPENAI_BASE_URL is set instead of apiBase.",
      fix: "Continue ignores that variable.",
    },
    {
      mistake: "The file with the key inside is committed to a repository.",
      fix: "Keep it in ~/.continue, where no repository is, and rotate the key if it has been pushed.",
    },
  ],
  version:
    "cn 1.5 was run with this file. The editor extensions read the same schema v1; the older config.json is not covered.",
  tabs: [
    {
      id: "config",
      label: "config.yaml",
      kind: "yaml",
      fileName: "config.yaml",
      note: "Save it as ~/.continue/config.yaml (Windows: %USERPROFILE%\\.continue\\config.yaml). If you have one already, add the entries below models to it.",
      render,
    },
  ],
};

function render(facts: SetupFacts): string {
  const rest = facts.models.filter((model) => model !== facts.model);
  return [
    "name: Tollgate",
    "version: 0.0.1",
    "schema: v1",
    "models:",
    ...[facts.model, ...rest].flatMap((model) => entry(facts, model)),
    "",
  ].join("\n");
}

/** The first entry is the one that Continue starts with. Names have to differ. */
function entry(facts: SetupFacts, model: SetupModel): string[] {
  const twin = facts.models.some((other) => other !== model && other.displayName === model.displayName);
  const abilities = [...(model.tools ? ["tool_use"] : []), ...(model.vision ? ["image_input"] : [])];
  return [
    `  - name: ${yamlText(twin ? `${model.displayName} (${model.id})` : model.displayName)}`,
    "    provider: openai",
    `    model: ${yamlText(model.id)}`,
    `    apiBase: ${yamlText(facts.base)}`,
    `    apiKey: ${yamlText(facts.key)}`,
    "    roles: [chat, edit, apply]",
    ...(abilities.length > 0 ? [`    capabilities: [${abilities.join(", ")}]`] : []),
    "    defaultCompletionOptions:",
    `      contextLength: ${model.contextTokens}`,
    `      maxTokens: ${answerTokens(model)}`,
  ];
}

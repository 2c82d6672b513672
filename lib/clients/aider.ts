import { answerTokens } from "@/lib/clients/answer-tokens";
import { dotenv } from "@/lib/clients/formats/dotenv";
import { shellExports } from "@/lib/clients/formats/exports";
import { shellWord } from "@/lib/clients/formats/shell";
import { yamlText } from "@/lib/clients/formats/yaml";
import type { ClientEntry, SetupFacts, SetupModel } from "@/lib/clients/types";

/** Facts: Aider 0.86, commit 5dc9490bb, website/docs/llms/openai-compat.md and config/{dotenv,aider_conf,adv-model-settings}.md. */
export const aider: ClientEntry = {
  slug: "aider",
  name: "Aider",
  group: "coding",
  aliases: ["aider-chat"],
  what: "Pair programmer for the terminal that commits each change to git.",
  homepage: "https://aider.chat",
  forWhom: [
    "You use aider in a terminal, also with models that cannot call tools: its edits are plain text.",
  ],
  notForWhom: ["Your project is not a git repository and you want each change to be undone easily."],
  origin: "your-machine",
  originNote: "The calls come straight from your machine.",
  asks: { address: "OPENAI_API_BASE", value: "{base}", key: "OPENAI_API_KEY" },
  v1: { included: true, why: "Aider's library appends /chat/completions to OPENAI_API_BASE as it stands." },
  models: {
    how: "typed",
    note: "You type the id with openai/ in front, which tells Aider the format and is not sent. --list-models searches a list of its own, not this gateway's.",
  },
  apply: { title: "Start aider anew", note: "It reads its files when it starts." },
  firstChat: "Run aider in your project and ask it to say hello.",
  mistakes: [
    { mistake: "OPENAI_API_BASE is {root}, without /v1.", fix: "Use {base}." },
    {
      mistake: "LLM Provider NOT provided.",
      fix: "The model lacks openai/ in front: openai/{model}.",
    },
    {
      mistake: "Aider warns about an unknown context window and cost.",
      fix: "Save the model metadata block beside it, or start it with --no-show-model-warnings.",
    },
    {
      mistake: "On Windows the variables seem not to be set.",
      fix: "setx sets them for new terminals only. Open another one.",
    },
    {
      mistake: "The .env with the key is committed.",
      fix: "Aider adds .env to .gitignore only if you let it. Check, and rotate the key if it has been pushed.",
    },
  ],
  version: "Checked against the source of Aider 0.86; the program itself was not run here.",
  tabs: [
    {
      id: "env",
      label: ".env",
      kind: "env",
      fileName: ".env",
      note: "Save it as .env in your project's folder or in your home folder, then run aider.",
      render: (facts) =>
        dotenv([
          ["OPENAI_API_BASE", facts.base],
          ["OPENAI_API_KEY", facts.key],
          ["AIDER_MODEL", `openai/${facts.model.id}`],
          ["AIDER_WEAK_MODEL", `openai/${facts.small.id}`],
        ]),
    },
    {
      id: "config",
      label: ".aider.conf.yml",
      kind: "yaml",
      fileName: ".aider.conf.yml",
      note: "Save it as ~/.aider.conf.yml. The key is inside: not in a repository.",
      render: (facts) =>
        [
          `openai-api-base: ${yamlText(facts.base)}`,
          `openai-api-key: ${yamlText(facts.key)}`,
          `model: ${yamlText(`openai/${facts.model.id}`)}`,
          `weak-model: ${yamlText(`openai/${facts.small.id}`)}`,
          "",
        ].join("\n"),
    },
    {
      id: "metadata",
      label: "Model sizes",
      kind: "json",
      fileName: ".aider.model.metadata.json",
      needs: ["env"],
      note: "Save it as .aider.model.metadata.json in your home folder or beside your project's .env: with it Aider knows sizes and prices and no longer warns.",
      render: metadata,
    },
    {
      id: "terminal",
      label: "Terminal",
      kind: "shell",
      fileName: "aider.sh",
      note: "For this terminal only. The last line asks a question.",
      render: (facts) =>
        shellExports(
          [
            ["OPENAI_API_BASE", facts.base],
            ["OPENAI_API_KEY", facts.key],
          ],
          [`aider --model ${shellWord(`openai/${facts.model.id}`)} --message 'Say hello in five words.'`],
        ),
    },
  ],
};

/** Prices per token as JSON numbers: the exact decimal per million with its exponent, so that nothing is rounded. */
function metadata(facts: SetupFacts): string {
  const entries = facts.models.map(
    (model) => `  ${JSON.stringify(`openai/${model.id}`)}: {\n${fields(model)}\n  }`,
  );
  return `{\n${entries.join(",\n")}\n}\n`;
}

function fields(model: SetupModel): string {
  const price = (name: string, usd: string | undefined) => (usd ? [`"${name}": ${usd}e-6`] : []);
  return [
    `"max_tokens": ${answerTokens(model)}`,
    `"max_input_tokens": ${model.contextTokens}`,
    `"max_output_tokens": ${answerTokens(model)}`,
    ...price("input_cost_per_token", model.inputUsdPerMillion),
    ...price("output_cost_per_token", model.outputUsdPerMillion),
    '"litellm_provider": "openai"',
    '"mode": "chat"',
  ]
    .map((line) => `    ${line}`)
    .join(",\n");
}

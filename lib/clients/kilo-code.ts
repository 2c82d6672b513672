import { answerTokens } from "@/lib/clients/answer-tokens";
import { shellExports } from "@/lib/clients/formats/exports";
import { openCodeConfig } from "@/lib/clients/opencode-config";
import { KEY_VARIABLE } from "@/lib/clients/provider-id";
import type { ClientEntry } from "@/lib/clients/types";

/** Facts: @kilocode/cli 7.7.7 as run; kilo.ai/docs/providers/openai-compatible. */
export const kiloCode: ClientEntry = {
  slug: "kilo-code",
  name: "Kilo Code",
  group: "coding",
  aliases: ["Kilo", "kilocode"],
  what: "Open-source coding agent for VS Code, JetBrains and the terminal.",
  homepage: "https://kilo.ai",
  forWhom: ["You use Kilo Code in an editor or in the terminal and want it to run on models from here."],
  notForWhom: ["The model you choose cannot call tools: the agent depends on them."],
  origin: "your-machine",
  originNote: "The calls come straight from your machine.",
  asks: { address: "Base URL", value: "{base}", key: "API Key" },
  v1: { included: true, why: "Kilo Code appends /chat/completions to the base URL and adds no /v1." },
  models: {
    how: "typed",
    note: "You type the id; for the command line every model is an entry of the file.",
  },
  apply: {
    title: "Start the command line anew",
    note: "kilo reads its file when it starts. The extension uses its settings at once.",
  },
  firstChat: "Open Kilo Code, ask it to say hello, and watch its first call arrive on the Usage page.",
  mistakes: [
    { mistake: "The base URL is {root}, without /v1.", fix: "Use {base}." },
    {
      mistake: "API Provider is “OpenAI” instead of “OpenAI Compatible”.",
      fix: "Only “OpenAI Compatible” has a Base URL.",
    },
    {
      mistake: "Each conversation makes more calls than you asked for.",
      fix: "Titles come from small_model; the block sets it to the cheapest model of this key.",
    },
    {
      mistake: "The command line says that its settings are not valid.",
      fix: "It shares the file format of opencode 1, with “provider”, “npm” and “options”.",
    },
  ],
  version:
    "The command line 7.7 was run with this file. The extension's fields are from its documentation; labels move between releases.",
  tabs: [
    {
      id: "vscode",
      label: "VS Code",
      kind: "ui-steps",
      fileName: "kilo-code-steps.txt",
      render: (facts) => [
        { text: "Open Kilo Code, click the settings gear, then Providers." },
        {
          text: "Fill in:",
          fields: [
            { label: "API Provider", value: "OpenAI Compatible" },
            { label: "Base URL", value: facts.base },
            { label: "API Key", value: facts.key },
            { label: "Model", value: facts.model.id },
          ],
        },
        {
          text: "Where it asks for the model's size:",
          fields: [
            { label: "Context Window Size", value: String(facts.model.contextTokens) },
            { label: "Max Output Tokens", value: String(answerTokens(facts.model)) },
            { label: "Image Support", value: facts.model.vision ? "on" : "off" },
          ],
        },
        { text: "Click Save, then Done." },
      ],
    },
    {
      id: "cli",
      label: "kilo.json",
      kind: "json",
      fileName: "kilo.json",
      needs: ["terminal"],
      note: "For the command line: save it as ~/.config/kilo/kilo.json. The key is not inside.",
      render: openCodeConfig,
    },
    {
      id: "terminal",
      label: "Terminal",
      kind: "shell",
      fileName: "kilo-key.sh",
      needs: ["cli"],
      note: "The first line gives this terminal the key; put it into your shell's profile to keep it. The second one asks a question.",
      render: (facts) =>
        shellExports([[KEY_VARIABLE, facts.key]], ["kilo run --auto 'Say hello in five words.'"]),
    },
  ],
};

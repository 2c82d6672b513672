import { answerTokens } from "@/lib/clients/answer-tokens";
import { shellWord } from "@/lib/clients/formats/shell";
import type { ClientEntry, SetupFacts, SetupStep } from "@/lib/clients/types";

/** Facts: cline 21cb8d2525 (VS Code 4.1.13), docs/provider-config/openai-compatible.mdx; CLI 3.0.65 as run. */
export const cline: ClientEntry = {
  slug: "cline",
  name: "Cline",
  group: "coding",
  aliases: ["Claude Dev"],
  what: "Coding agent in VS Code, JetBrains and the terminal.",
  homepage: "https://cline.bot",
  forWhom: ["You use Cline in an editor or in the terminal and want it to run on models from here."],
  notForWhom: ["The model you choose cannot call tools: Cline's agent depends on them."],
  origin: "your-machine",
  originNote: "The calls come straight from your machine.",
  asks: { address: "Base URL", value: "{base}", key: "API Key" },
  v1: {
    included: true,
    why: "Cline appends /chat/completions to the base URL and adds no /v1.",
  },
  models: {
    how: "both",
    note: "The VS Code extension reads the ids from {base}/models; the command line takes the one you type.",
  },
  apply: {
    title: "Nothing to restart",
    note: "The extension uses it at once, the command line at its next run.",
  },
  firstChat: "Open Cline, ask it to say hello, and watch its first call arrive on the Usage page.",
  mistakes: [
    {
      mistake: "API Provider is “OpenAI” instead of “OpenAI Compatible”.",
      fix: "Only “OpenAI Compatible” has a Base URL.",
    },
    { mistake: "The base URL ends in /chat/completions.", fix: "Use {base}." },
    {
      mistake: "Context and output sizes are left at their defaults.",
      fix: "Fill in Model Configuration, or long tasks are cut off without a clear error.",
    },
    {
      mistake: "An answer stops in the middle and Cline carries on as if it were complete.",
      fix: "Look the call up on the Usage page: its status says whether it was cut by an error, a limit or the balance.",
    },
    {
      mistake: "The command line answers from Cline's own account.",
      fix: "Pass -P openai-compatible; the default provider is cline.",
    },
  ],
  version:
    "Checked against Cline 4.1 for VS Code; the command line 3.0 was run against this gateway's API. Labels move between releases.",
  tabs: [
    {
      id: "vscode",
      label: "VS Code",
      kind: "ui-steps",
      fileName: "cline-steps.txt",
      render: editorSteps,
    },
    {
      id: "cli",
      label: "Command line",
      kind: "shell",
      fileName: "cline-setup.sh",
      note: "The first line stores the provider in ~/.cline, the second one asks a question through it.",
      render: (facts) =>
        [
          `cline auth -p openai-compatible -k ${shellWord(facts.key)} -b ${shellWord(facts.base)} -m ${shellWord(facts.model.id)}`,
          `cline -P openai-compatible -m ${shellWord(facts.model.id)} 'Say hello in five words.'`,
          "",
        ].join("\n"),
    },
  ],
};

function editorSteps(facts: SetupFacts): SetupStep[] {
  const { model } = facts;
  const price = (label: string, value: string | undefined) => (value ? [{ label, value }] : []);
  return [
    { text: "Open the Cline panel and click the settings gear." },
    {
      text: "Fill in:",
      fields: [
        { label: "API Provider", value: "OpenAI Compatible" },
        { label: "Base URL", value: facts.base },
        { label: "API Key", value: facts.key },
        { label: "Model ID", value: model.id },
      ],
    },
    {
      text: "Expand Model Configuration:",
      fields: [
        { label: "Supports Images", value: model.vision ? "on" : "off" },
        { label: "Context Window Size", value: String(model.contextTokens) },
        { label: "Max Output Tokens", value: String(answerTokens(model)) },
        ...price("Input Price / 1M tokens", model.inputUsdPerMillion),
        ...price("Output Price / 1M tokens", model.outputUsdPerMillion),
      ],
    },
    { text: "Click Done." },
  ];
}

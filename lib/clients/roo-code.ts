import { answerTokens } from "@/lib/clients/answer-tokens";
import { jsonFile } from "@/lib/clients/formats/json";
import { PROVIDER_ID } from "@/lib/clients/provider-id";
import type { ClientEntry, SetupFacts, SetupStep } from "@/lib/clients/types";

/** Facts: RooCodeInc/Roo-Code cb83656718 (VS Code 3.52.1): provider settings, import schema. */
export const rooCode: ClientEntry = {
  slug: "roo-code",
  name: "Roo Code",
  group: "coding",
  aliases: ["Roo", "Roo Cline"],
  what: "Open-source coding agent for VS Code with modes for planning, coding and debugging.",
  homepage: "https://roocode.com",
  forWhom: ["You use Roo Code in VS Code and want it to run on models from here."],
  notForWhom: ["The model you choose cannot call tools: the agent depends on them."],
  origin: "your-machine",
  originNote: "The calls come straight from your machine; the key is kept in VS Code's secret storage.",
  asks: { address: "Base URL", value: "{base}", key: "API Key" },
  v1: {
    included: true,
    why: "Roo Code hands the base URL to the OpenAI SDK, which appends /chat/completions.",
  },
  models: {
    how: "listed",
    note: "The Model field reads the ids from {base}/models; you can type one as well.",
  },
  apply: { title: "Nothing to restart", note: "Roo Code uses a profile as soon as it is saved." },
  firstChat: "Open Roo Code, ask it to say hello, and watch its first call arrive on the Usage page.",
  mistakes: [
    { mistake: "The base URL is {root}, without /v1.", fix: "Use {base}." },
    {
      mistake: "API Provider is “OpenAI” instead of “OpenAI Compatible”.",
      fix: "Only “OpenAI Compatible” has a Base URL for any address.",
    },
    {
      mistake: "Long tasks are cut off, or the context bar is wrong.",
      fix: "Fill in the model's context and output sizes: Roo assumes others.",
    },
    {
      mistake: "Streaming was switched off.",
      fix: "Keep “Enable streaming” on: long answers without it run into time limits of proxies.",
    },
    {
      mistake: "An exported settings file was shared.",
      fix: "The key is inside as plain text. Rotate it.",
    },
  ],
  version:
    "Checked against the source of Roo Code 3.52; the extension itself was not run. If Import refuses the file, use the steps.",
  tabs: [
    { id: "vscode", label: "VS Code", kind: "ui-steps", fileName: "roo-code-steps.txt", render: steps },
    {
      id: "import",
      label: "Import file",
      kind: "json",
      fileName: "roo-code-settings.json",
      note: "In Roo Code: Settings, About Roo Code, Import. It adds a profile beside yours. The key is inside: delete the file afterwards.",
      render: importFile,
    },
  ],
};

function steps({ base, key, model }: SetupFacts): SetupStep[] {
  return [
    { text: "Open Roo Code and click the settings gear, then Providers." },
    {
      text: "Fill in:",
      fields: [
        { label: "API Provider", value: "OpenAI Compatible" },
        { label: "Base URL", value: base },
        { label: "API Key", value: key },
        { label: "Model", value: model.id },
      ],
    },
    {
      text: "Under Model Configuration:",
      fields: [
        { label: "Max Output Tokens", value: String(answerTokens(model)) },
        { label: "Context Window Size", value: String(model.contextTokens) },
        { label: "Image Support", value: model.vision ? "on" : "off" },
      ],
    },
    { text: "Leave “Enable streaming” on, and click Save." },
  ];
}

function importFile({ base, key, model }: SetupFacts): string {
  return jsonFile({
    providerProfiles: {
      currentApiConfigName: PROVIDER_ID,
      apiConfigs: {
        [PROVIDER_ID]: {
          apiProvider: "openai",
          openAiBaseUrl: base,
          openAiApiKey: key,
          openAiModelId: model.id,
          openAiStreamingEnabled: true,
          openAiCustomModelInfo: {
            maxTokens: answerTokens(model),
            contextWindow: model.contextTokens,
            supportsImages: model.vision,
            supportsPromptCache: false,
          },
        },
      },
    },
  });
}

import { PROVIDER_NAME } from "@/lib/clients/provider-id";
import type { ClientEntry } from "@/lib/clients/types";

/** Facts: jan.ai/docs custom endpoint; jan web-app/src/services/providers/tauri.ts. */
export const jan: ClientEntry = {
  slug: "jan",
  name: "Jan",
  group: "chat",
  aliases: ["Jan AI"],
  what: "Desktop chat app for local models that takes remote ones too.",
  homepage: "https://jan.ai",
  forWhom: ["You use Jan on your computer and want remote models beside the local ones."],
  notForWhom: ["You want everything to stay on your machine: calls to this provider leave it."],
  origin: "your-machine",
  originNote: "The calls come straight from your machine.",
  asks: { address: "Base URL", value: "{base}", key: "API key" },
  v1: {
    included: true,
    why: "Jan appends /models and /chat/completions to the base URL. Write it without a slash at the end.",
  },
  models: { how: "listed", note: "Refresh reads {base}/models; the plus sign takes an id that you type." },
  apply: { title: "Nothing to restart", note: "Jan uses a provider as soon as it is saved." },
  firstChat: "Start a new chat, choose {model-name} in the model menu, and say hello.",
  mistakes: [
    { mistake: "The base URL is {root}, without /v1.", fix: "Use {base}." },
    { mistake: "The base URL ends in a slash.", fix: "Use {base}, without one." },
    {
      mistake: "No model shows up.",
      fix: "Click Refresh beside Models, or add one with the plus sign: {model}.",
    },
    {
      mistake: "Tools are not offered in a chat.",
      fix: "Switch on the tools ability of the model under the provider's settings.",
    },
  ],
  version: "Checked against Jan's documentation and source; the app itself was not run.",
  tabs: [
    {
      id: "app",
      label: "In the app",
      kind: "ui-steps",
      fileName: "jan-steps.txt",
      render: (facts) => [
        { text: "Open Settings, then Model Providers, and click Add Provider." },
        {
          text: "Fill in:",
          fields: [
            { label: "Name", value: PROVIDER_NAME },
            { label: "API format", value: "OpenAI-compatible" },
            { label: "Base URL", value: facts.base },
            { label: "API key", value: facts.key },
          ],
        },
        {
          text: "Click Refresh beside Models. If one is missing, add it with the plus sign:",
          fields: facts.models.slice(0, 20).map(({ id }) => ({ label: "Model ID", value: id })),
        },
      ],
    },
  ],
};

import { base64Json } from "@/lib/clients/formats/base64-json";
import { jsonFile } from "@/lib/clients/formats/json";
import { PROVIDER_ID, PROVIDER_NAME } from "@/lib/clients/provider-id";
import type { ClientEntry, SetupFacts } from "@/lib/clients/types";

/** Facts: Chatbox 1.20.0, commit 0d3139e5: provider import, OpenAI API Compatible settings. */
export const chatbox: ClientEntry = {
  slug: "chatbox",
  name: "Chatbox",
  group: "chat",
  aliases: ["Chatbox AI"],
  what: "Chat app for desktop, phone and browser that keeps conversations on your device.",
  homepage: "https://chatboxai.app",
  forWhom: ["You use Chatbox on your computer or phone and want your own provider in it."],
  notForWhom: ["You use the version in the browser and the address is not reachable from there."],
  origin: "your-machine",
  originNote: "The app calls straight from your device; the version in the browser calls from the browser.",
  asks: { address: "API Host", value: "{base}", key: "API Key" },
  v1: {
    included: true,
    why: "Chatbox takes both: it adds /v1 to a host without a path. Its Anthropic type does not, so {base} is right everywhere.",
  },
  models: {
    how: "both",
    note: "Fetch reads {base}/models, with context and abilities; the imported block brings them along.",
  },
  apply: { title: "Nothing to restart", note: "Chatbox uses a provider as soon as it is saved." },
  firstChat: "Start a new chat, choose {model-name} below the message box, and say hello.",
  mistakes: [
    {
      mistake: "The built-in OpenAI provider was filled in.",
      fix: "It works, but shows OpenAI's models. Add a provider of its own.",
    },
    {
      mistake: "API Path has /v1/chat/completions while API Host ends in /v1 as well.",
      fix: "One of them is enough: {base} and /chat/completions.",
    },
    {
      mistake: "The models are missing.",
      fix: "Click Fetch, or New and type the id: {model}.",
    },
    {
      mistake: "The import link or the block was sent to someone.",
      fix: "The key is inside. Rotate it.",
    },
  ],
  version: "Checked against the source of Chatbox 1.20; the app itself was not run.",
  deepLink: {
    label: "Open in Chatbox",
    render: (facts) => `chatbox://provider/import?config=${encodeURIComponent(base64Json(provider(facts)))}`,
  },
  tabs: [
    {
      id: "app",
      label: "In the app",
      kind: "ui-steps",
      fileName: "chatbox-steps.txt",
      render: (facts) => [
        { text: "Open Settings, then Model Provider, and click Add at the foot of the list." },
        {
          text: "Choose the API mode “OpenAI API Compatible” and fill in:",
          fields: [
            { label: "Name", value: PROVIDER_NAME },
            { label: "API Key", value: facts.key },
            { label: "API Host", value: facts.base },
            { label: "API Path", value: "/chat/completions" },
          ],
        },
        {
          text: "Click Fetch and add the models you want, or New for one by its id:",
          fields: facts.models.slice(0, 20).map(({ id }) => ({ label: "Model ID", value: id })),
        },
        { text: "Click Check beside the key." },
      ],
    },
    {
      id: "import",
      label: "Import",
      kind: "json",
      fileName: "chatbox-provider.json",
      note: "Copy the block, then in Chatbox: Settings, Model Provider, Add, Import from clipboard.",
      render: (facts) => jsonFile(provider(facts)),
    },
  ],
};

function provider(facts: SetupFacts) {
  return {
    isCustom: true,
    id: PROVIDER_ID,
    name: PROVIDER_NAME,
    type: "openai",
    settings: {
      apiHost: facts.base,
      apiKey: facts.key,
      models: facts.models.map((model) => ({
        modelId: model.id,
        nickname: model.displayName,
        type: "chat",
        capabilities: [
          ...(model.tools ? ["tool_use"] : []),
          ...(model.vision ? ["vision"] : []),
          ...(model.reasoning ? ["reasoning"] : []),
        ],
        contextWindow: model.contextTokens,
      })),
    },
  };
}

import { base64Json } from "@/lib/clients/formats/base64-json";
import { PROVIDER_ID, PROVIDER_NAME } from "@/lib/clients/provider-id";
import type { ClientEntry } from "@/lib/clients/types";

/** Facts: cherry-studio src/renderer/src/utils/api.ts; docs.cherry-ai.com; its link as other gateways use it. */
export const cherryStudio: ClientEntry = {
  slug: "cherry-studio",
  name: "Cherry Studio",
  group: "chat",
  aliases: ["Cherry", "CherryAI"],
  what: "Desktop chat app with assistants, knowledge bases and many providers side by side.",
  homepage: "https://www.cherry-ai.com",
  forWhom: ["You use Cherry Studio on your computer and want your own provider in it."],
  notForWhom: [
    "You want the key to stay on a server: the app calls from your machine and keeps the key there.",
  ],
  origin: "your-machine",
  originNote: "The calls come straight from your machine.",
  asks: { address: "API Host", value: "{root}", key: "API Key" },
  v1: {
    included: false,
    why: "Cherry Studio adds the version by itself unless the path already ends in one; it shows the full address below the field.",
  },
  models: { how: "listed", note: "Manage reads the list of this key; Add takes an id that you type." },
  apply: { title: "Nothing to restart", note: "Cherry Studio uses a provider as soon as it is switched on." },
  firstChat: "Start a chat, choose {model-name} at the top, and say hello.",
  mistakes: [
    {
      mistake: "The host ends in # or in a slash.",
      fix: "Both mean “use it exactly as it is”, and the version is then missing. Use {root}.",
    },
    {
      mistake: "The switch at the provider's top right is off.",
      fix: "Then its models are not offered. Switch it on.",
    },
    {
      mistake: "Two keys stand in the field with a comma in between.",
      fix: "They are used in turns, and one of them may be wrong. Keep one.",
    },
    {
      mistake: "Check fails although the key is right.",
      fix: "It asks one model: choose one that Manage has listed.",
    },
  ],
  version:
    "Checked against Cherry Studio's source and documentation; the app itself was not run. Version 2 may move the fields.",
  deepLink: {
    label: "Open in Cherry Studio",
    render: ({ root, key }) =>
      `cherrystudio://providers/api-keys?v=1&data=${encodeURIComponent(
        base64Json({ id: PROVIDER_ID, baseUrl: root, apiKey: key, name: PROVIDER_NAME, type: "openai" }),
      )}`,
  },
  tabs: [
    {
      id: "app",
      label: "In the app",
      kind: "ui-steps",
      fileName: "cherry-studio-steps.txt",
      render: (facts) => [
        { text: "Open Settings, then Model Provider, and click Add at the foot of the list." },
        {
          text: "Fill in and click OK:",
          fields: [
            { label: "Provider Name", value: PROVIDER_NAME },
            { label: "Provider Type", value: "OpenAI" },
          ],
        },
        {
          text: "Then:",
          fields: [
            { label: "API Key", value: facts.key },
            { label: "API Host", value: facts.root },
          ],
        },
        {
          text: "Click Manage and add the models you want, or Add for one by its id:",
          fields: facts.models.slice(0, 20).map(({ id }) => ({ label: "Model ID", value: id })),
        },
        { text: "Click Check, then switch the provider on at the top right." },
      ],
    },
  ],
};

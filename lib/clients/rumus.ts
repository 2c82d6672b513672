import type { ClientEntry, SetupFacts, SetupModel, SetupStep } from "@/lib/clients/types";

/** Facts: rumus.ai/docs/models/openai-compatible. */
export const rumus: ClientEntry = {
  slug: "rumus",
  name: "Rumus",
  group: "terminal",
  aliases: ["Rumus AI"],
  what: "Terminal and SSH client with an AI agent that can run commands for you.",
  homepage: "https://www.rumus.ai",
  forWhom: ["You use the Rumus app and want its agent to run on models from here."],
  notForWhom: ["The model you choose cannot call tools: the agent then only talks."],
  origin: "your-machine",
  originNote: "The calls come straight from your machine; the key is kept encrypted in Rumus's local vault.",
  asks: { address: "Endpoint URL", value: "{base}", key: "API key" },
  v1: {
    included: true,
    why: "Rumus's OpenAI-compatible provider wants the full endpoint URL with its /v1. At most services a 404 there means that it is missing.",
  },
  models: {
    how: "typed",
    note: "One entry per model: add the same endpoint again for each further one.",
  },
  apply: { title: "Nothing to restart", note: "Rumus uses an entry as soon as it is saved." },
  firstChat: "Open the assistant, choose {model-name} in the model picker, and say hello.",
  mistakes: [
    { mistake: "404 Not Found.", fix: "The endpoint URL lacks /v1. Use {base}." },
    {
      mistake: "401 or 403.",
      fix: "The key is cut, revoked or from another provider, or the balance is empty: step 1 tells which.",
    },
    {
      mistake: "Errors in the middle of an answer.",
      fix: "Switch off Tool Calling or Prompt Cache for the model, one after the other, to see which it lacks.",
    },
    {
      mistake: "Provider “OpenAI” was chosen.",
      fix: "Choose “OpenAI Compatible”: the other one adds /v1 by itself.",
    },
    {
      mistake: "Only one model shows up.",
      fix: "Rumus does not read a list. Add an entry for each model.",
    },
  ],
  version: "Checked against Rumus's public documentation; the app itself was not run.",
  tabs: [
    {
      id: "app",
      label: "In the app",
      kind: "ui-steps",
      fileName: "rumus-steps.txt",
      render: steps,
    },
  ],
};

function steps(facts: SetupFacts): SetupStep[] {
  const others = facts.models.filter((model) => model !== facts.model).slice(0, 20);
  return [
    { text: "Open Settings, then AI, then Models, and click Add Model." },
    {
      text: "Choose the provider “OpenAI Compatible” and fill in:",
      fields: [
        { label: "Endpoint URL", value: facts.base },
        { label: "API key", value: facts.key },
        { label: "Model ID", value: facts.model.id },
        { label: "Capabilities", value: capabilities(facts.model) },
      ],
    },
    { text: "Click Save." },
    ...(others.length > 0
      ? [
          {
            text: "For each further model, add another entry with the same endpoint and key:",
            fields: others.map((model) => ({ label: "Model ID", value: model.id })),
          },
        ]
      : []),
  ];
}

function capabilities(model: SetupModel): string {
  const names = [...(model.tools ? ["Tool Calling"] : []), ...(model.vision ? ["Vision"] : [])];
  return names.join(", ") || "none";
}

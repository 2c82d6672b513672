import { answerTokens } from "@/lib/clients/answer-tokens";
import type { ClientEntry, SetupFacts, SetupStep } from "@/lib/clients/types";

/** Facts: dify-official-plugins 7af22831 (OpenAI-API-compatible 0.0.63, OpenAI 1.0.4). */
export const dify: ClientEntry = {
  slug: "dify",
  name: "Dify",
  group: "automation",
  aliases: ["Dify.AI"],
  what: "Platform for building AI apps and workflows, hosted by you or at dify.ai.",
  homepage: "https://dify.ai",
  forWhom: ["You run Dify or use dify.ai and may add model providers to your workspace."],
  notForWhom: [
    "You are a member without the right to install plugins: an administrator has to add the model.",
  ],
  origin: "server-or-docker",
  originNote:
    "Dify's server makes the calls, a self-hosted one through its own proxy. At dify.ai the API has to be on a public HTTPS address.",
  asks: { address: "API endpoint URL", value: "{base}", key: "API Key" },
  v1: {
    included: true,
    why: "The plugin appends chat/completions to the URL. Dify's other plugin, “OpenAI”, adds the version itself and takes {root}.",
  },
  models: { how: "typed", note: "Dify never reads a list: add each model by its id." },
  apply: {
    title: "Nothing to restart",
    note: "Saving sends a small test call, which costs a fraction of a cent.",
  },
  firstChat: "Create a chatbot, choose {model-name} at the top right, and say hello.",
  mistakes: [
    { mistake: "The URL is {root}, without /v1.", fix: "Use {base}." },
    {
      mistake: "Agents never use a tool.",
      fix: "Function Call Type is “Not Support” by default. Set it to “Tool Call”.",
    },
    {
      mistake: "Conversations are cut short.",
      fix: "Model context size is 4096 by default. Fill in the model's own.",
    },
    {
      mistake: "A self-hosted Dify cannot reach an address on the same machine.",
      fix: "Its calls pass a proxy that refuses private networks, and localhost is its container. Use {docker-base}, and allow that host in the proxy's settings.",
    },
    {
      mistake: "Saving fails with 403.",
      fix: "The test call needs credit, and the key has to be allowed to use the model.",
    },
  ],
  version: "Checked against the plugin OpenAI-API-compatible 0.0.63; Dify itself was not run.",
  tabs: [{ id: "app", label: "In Dify", kind: "ui-steps", fileName: "dify-steps.txt", render: steps }],
};

function steps(facts: SetupFacts): SetupStep[] {
  const { model } = facts;
  return [
    { text: "Open Settings, then Model Provider, and install “OpenAI-API-compatible”." },
    {
      text: "Click Add Model and fill in:",
      fields: [
        { label: "Model Type", value: "LLM" },
        { label: "Model Name", value: model.id },
        { label: "Model display name", value: model.displayName },
        { label: "API Key", value: facts.key },
        { label: "API endpoint URL", value: facts.base },
        { label: "Completion mode", value: "Chat" },
        { label: "Model context size", value: String(model.contextTokens) },
        { label: "Upper bound for max tokens", value: String(answerTokens(model)) },
        { label: "Function Call Type", value: model.tools ? "Tool Call" : "Not Support" },
        { label: "Stream function calling", value: model.tools ? "Support" : "Not Support" },
        { label: "Vision Support", value: model.vision ? "Support" : "Not Support" },
      ],
    },
    { text: "Click Save. Add a further model in the same way." },
  ];
}

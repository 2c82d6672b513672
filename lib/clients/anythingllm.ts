import { answerTokens } from "@/lib/clients/answer-tokens";
import { composeFile } from "@/lib/clients/formats/compose";
import { dotenv } from "@/lib/clients/formats/dotenv";
import type { ClientEntry, SetupFacts } from "@/lib/clients/types";

/** Facts: anything-llm 1.16.0 (docker/.env.example, GenericOpenAiOptions, HOW_TO_USE_DOCKER.md). */
export const anythingllm: ClientEntry = {
  slug: "anythingllm",
  name: "AnythingLLM",
  group: "chat",
  aliases: ["Anything LLM"],
  what: "Chat with your documents, with workspaces and agents; desktop app or Docker.",
  homepage: "https://anythingllm.com",
  forWhom: [
    "You run AnythingLLM in Docker or as the desktop app.",
    "You want answers from your own documents on models from here; the embedding of documents stays on your machine.",
  ],
  notForWhom: ["You use an AnythingLLM whose administrator has fixed the provider."],
  origin: "server-or-docker",
  originNote: "AnythingLLM's server makes the calls; with the desktop app that is your machine.",
  asks: { address: "GENERIC_OPEN_AI_BASE_PATH", value: "{base}", key: "GENERIC_OPEN_AI_API_KEY" },
  v1: {
    included: true,
    why: "AnythingLLM hands the address to the OpenAI SDK as it is, which appends /chat/completions.",
  },
  models: {
    how: "listed",
    note: "The settings page reads {base}/models; the variables take one id.",
  },
  apply: {
    title: "Restart AnythingLLM",
    note: "Variables are read at start: recreate the container (docker compose up -d). Settings made in the app work at once.",
  },
  firstChat: "Open a workspace in AnythingLLM and say hello.",
  mistakes: [
    {
      mistake: "Answers are cut short, or it forgets what was said.",
      fix: "The token limits were left at 4096 and 1024. The blocks above carry the model's own.",
    },
    {
      mistake: "AnythingLLM runs in Docker and the address says localhost.",
      fix: "Inside a container, localhost is the container itself. Use {docker-base}.",
    },
    { mistake: "The base URL is {root}, without /v1.", fix: "Use {base}." },
    {
      mistake: "The provider “OpenAI” was chosen.",
      fix: "It has no address field. Choose “Generic OpenAI”.",
    },
    {
      mistake: "A workspace keeps using another model.",
      fix: "A workspace can have a model of its own: set it to the system default in its chat settings.",
    },
  ],
  version: "Checked against AnythingLLM 1.16. The desktop app has the same fields without the variables.",
  tabs: [
    {
      id: "env",
      label: ".env",
      kind: "env",
      fileName: ".env",
      note: "Put these lines into the .env file of your AnythingLLM. If it runs in Docker on this machine, the address is {docker-base}.",
      render: (facts) => dotenv(variables(facts, facts.base)),
    },
    {
      id: "docker",
      label: "Docker",
      kind: "compose",
      fileName: "compose.yaml",
      note: "Start it with docker compose up -d, then open http://localhost:3001.",
      render: (facts) =>
        composeFile(facts, {
          service: "anythingllm",
          image: "mintplexlabs/anythingllm:latest",
          port: [3001, 3001],
          environment: [["STORAGE_DIR", "/app/server/storage"], ...variables(facts, facts.dockerBase)],
          capAdd: "SYS_ADMIN",
          volume: ["anythingllm", "/app/server/storage"],
        }),
    },
    {
      id: "app",
      label: "In the app",
      kind: "ui-steps",
      fileName: "anythingllm-steps.txt",
      render: (facts) => [
        { text: "Open Settings, then AI Providers, then LLM, and choose Generic OpenAI." },
        {
          text: "Fill in:",
          fields: [
            { label: "Base URL", value: facts.base },
            { label: "API Key", value: facts.key },
            { label: "Selected Model", value: facts.model.id },
            { label: "Model context window", value: String(facts.model.contextTokens) },
            { label: "Max Tokens", value: String(answerTokens(facts.model)) },
          ],
        },
        { text: "Click Save changes." },
        ...(facts.reach === "loopback"
          ? [
              {
                text: "If AnythingLLM runs in Docker, use this address instead:",
                fields: [{ label: "Base URL", value: facts.dockerBase }],
              },
            ]
          : []),
      ],
    },
  ],
};

function variables(facts: SetupFacts, base: string): [name: string, value: string][] {
  return [
    ["LLM_PROVIDER", "generic-openai"],
    ["GENERIC_OPEN_AI_BASE_PATH", base],
    ["GENERIC_OPEN_AI_API_KEY", facts.key],
    ["GENERIC_OPEN_AI_MODEL_PREF", facts.model.id],
    ["GENERIC_OPEN_AI_MODEL_TOKEN_LIMIT", String(facts.model.contextTokens)],
    ["GENERIC_OPEN_AI_MAX_TOKENS", String(answerTokens(facts.model))],
    ["GENERIC_OPEN_AI_REPORT_USAGE", "true"],
  ];
}

import { composeFile } from "@/lib/clients/formats/compose";
import { dotenv } from "@/lib/clients/formats/dotenv";
import { nextChatId, nextChatModelList } from "@/lib/clients/model-lists";
import type { ClientEntry, SetupFacts } from "@/lib/clients/types";

/** Facts: ChatGPT-Next-Web 706a18b95 (app/config/server.ts, app/utils/model.ts, app/locales/en.ts). */
export const nextchat: ClientEntry = {
  slug: "nextchat",
  name: "NextChat",
  group: "chat",
  aliases: ["ChatGPT-Next-Web", "ChatGPT Next Web"],
  what: "Light chat interface that is deployed in a minute on Vercel or in Docker.",
  homepage: "https://nextchat.dev",
  forWhom: [
    "You host NextChat yourself and can set its environment variables.",
    "You use any NextChat that lets you set a custom endpoint.",
  ],
  notForWhom: ["The NextChat you use hides its API key setting, and you cannot change its variables."],
  origin: "server-or-docker",
  originNote:
    "With environment variables NextChat's server makes the calls; with “Custom Endpoint” in its settings, your browser does.",
  asks: { address: "BASE_URL", value: "{root}", key: "OPENAI_API_KEY" },
  v1: {
    included: false,
    why: "NextChat appends v1/chat/completions by itself. An address with /v1 becomes /v1/v1.",
  },
  models: {
    how: "typed",
    note: "NextChat does not read a model list. CUSTOM_MODELS names the models, and its server refuses all others.",
  },
  apply: {
    title: "Restart or redeploy NextChat",
    note: "Environment variables are read at start: recreate the container (docker compose up -d), or redeploy on Vercel. Settings made in the app work at once.",
  },
  firstChat: "Open NextChat, start a new chat, choose {model-name} with the robot icon, and say hello.",
  mistakes: [
    {
      mistake: "BASE_URL is {base}, with /v1.",
      fix: "Use {root}: NextChat adds /v1 itself.",
    },
    {
      mistake: "A model is refused with 403 by NextChat itself.",
      fix: "Its server allows only what CUSTOM_MODELS names. Add the model there and restart.",
    },
    {
      mistake: "The model's id is also one of NextChat's own, such as a Claude or Gemini model.",
      fix: "Write it as +id@OpenAI in CUSTOM_MODELS, or NextChat sends it to that vendor. The blocks above do so.",
    },
    {
      mistake: "No CODE is set on a public address.",
      fix: "Anyone who finds the page can then spend your credit. Set CODE to a password of your own.",
    },
    {
      mistake: "The variables were changed but NextChat was not restarted.",
      fix: "Recreate the container or redeploy.",
    },
  ],
  version: "Checked against NextChat's source of July 2026. Forks of it may handle the address differently.",
  tabs: [
    {
      id: "env",
      label: ".env",
      kind: "env",
      fileName: ".env.local",
      note: "For a NextChat that you start yourself. If it runs in Docker on this machine, the address is {docker-root}.",
      render: (facts) => dotenv(variables(facts, facts.root)),
    },
    {
      id: "docker",
      label: "Docker",
      kind: "compose",
      fileName: "compose.yaml",
      note: "Start it with docker compose up -d, then open http://localhost:3100. It listens on this machine only; add CODE before you let others in.",
      render: (facts) =>
        composeFile(facts, {
          service: "nextchat",
          image: "yidadaa/chatgpt-next-web:latest",
          port: [3100, 3000],
          environment: variables(facts, facts.dockerRoot),
        }),
    },
    {
      id: "vercel",
      label: "Vercel",
      kind: "env",
      fileName: "nextchat-vercel.env",
      origin: "hosted",
      note: "In your project: Settings, Environment Variables. Paste the whole block into the first name field, add CODE with a password of your own, save, then redeploy.",
      render: (facts) => dotenv(variables(facts, facts.root)),
    },
    {
      id: "app",
      label: "In the app",
      kind: "ui-steps",
      fileName: "nextchat-steps.txt",
      origin: "browser",
      render: (facts) => [
        { text: "Open Settings and switch on Custom Endpoint." },
        {
          text: "Fill in:",
          fields: [
            { label: "Model Provider", value: "OpenAI" },
            { label: "OpenAI Endpoint", value: facts.root },
            { label: "OpenAI API Key", value: facts.key },
            { label: "Custom Models", value: nextChatModelList(facts.models) },
            { label: "Model", value: facts.model.displayName },
          ],
        },
      ],
    },
  ],
};

function variables(facts: SetupFacts, root: string): [name: string, value: string][] {
  const seeing = facts.models.filter(({ vision }) => vision).map(({ id }) => id);
  return [
    ["OPENAI_API_KEY", facts.key],
    ["BASE_URL", root],
    ["CUSTOM_MODELS", nextChatModelList(facts.models)],
    ["DEFAULT_MODEL", nextChatId(facts.model.id)],
    ...(seeing.length > 0 ? ([["VISION_MODELS", seeing.join(",")]] satisfies [string, string][]) : []),
  ];
}

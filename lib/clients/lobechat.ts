import { composeFile } from "@/lib/clients/formats/compose";
import { dotenv } from "@/lib/clients/formats/dotenv";
import { lobeModelList } from "@/lib/clients/model-lists";
import type { ClientEntry, SetupFacts } from "@/lib/clients/types";

/**
 * Facts: lobe-chat 1.143 docs (self-hosting/environment-variables/{basic,model-provider}.mdx), parseModels.ts,
 * locales/en-US/modelProvider.json.
 */
export const lobechat: ClientEntry = {
  slug: "lobechat",
  name: "LobeChat",
  group: "chat",
  aliases: ["LobeHub", "Lobe Chat"],
  what: "Open-source chat workspace with agents, plugins and knowledge bases; LobeHub since version 2.",
  homepage: "https://lobehub.com",
  forWhom: [
    "You host LobeChat yourself and can set its environment variables (.env, Docker, Vercel, Railway, Render).",
    "You use the LobeHub app or lobehub.com and may set your own provider in its settings.",
  ],
  notForWhom: [
    "Your hosting does not let you set environment variables, and your LobeChat hides its provider settings.",
    "You need features that exist only at OpenAI itself.",
  ],
  origin: "server-or-docker",
  originNote:
    "LobeChat's own server makes the calls, not your browser, unless “Use Client Request Mode” is on. The address has to be reachable from there.",
  asks: { address: "OPENAI_PROXY_URL", value: "{base}", key: "OPENAI_API_KEY" },
  v1: {
    included: true,
    why: "LobeChat appends /chat/completions and /models to the address as it is and never adds /v1 itself. At most providers a missing one shows as an empty answer; this gateway forgives it, but write it all the same.",
  },
  models: {
    how: "both",
    note: "OPENAI_MODEL_LIST names the models outright, with their context size and abilities; in the app, “Fetch models” reads them from {base}/models.",
  },
  apply: {
    title: "Redeploy LobeChat",
    note: "Environment variables are read at start: recreate the container (docker compose up -d), or redeploy on Vercel, Railway or Render. Settings made in the app work at once.",
  },
  firstChat: "Open LobeChat, pick {model-name} in the model menu above the message box, and say hello.",
  mistakes: [
    {
      mistake: "OPENAI_PROXY_URL is {root}, without /v1.",
      fix: "Use {base}. At other providers a missing /v1 shows as an empty answer rather than as an error.",
    },
    {
      mistake: "OPENAI_PROXY_URL ends in /chat/completions.",
      fix: "That is one endpoint; LobeChat needs the root of all of them: {base}.",
    },
    {
      mistake: "OPENAI_PROXY_URL is the address of the website or of this dashboard.",
      fix: "The API has its own address: {base}.",
    },
    {
      mistake: "The key is from here and the address from another provider, or the other way round.",
      fix: "Both have to come from here, or every call ends with 401.",
    },
    {
      mistake: "The model name was guessed.",
      fix: "Copy an id from step 1. LobeChat's connectivity check, too, must be set to one of them.",
    },
    {
      mistake: "The variables were changed but LobeChat was not redeployed.",
      fix: "Recreate the container or redeploy; it reads them only when it starts.",
    },
    {
      mistake: "“Use Client Request Mode” is on.",
      fix: "Switch it off, unless your browser can reach {base} itself.",
    },
  ],
  version:
    "Checked against LobeChat 1.143 and its documentation. LobeHub 2 and other ways of hosting may name things differently: verify the version you run.",
  tabs: [
    {
      id: "env",
      label: ".env",
      kind: "env",
      fileName: ".env",
      note: "Put these lines into the .env file of your LobeChat. If it runs in Docker on this machine, the address is {docker-base}.",
      render: (facts) => dotenv(variables(facts, facts.base)),
    },
    {
      id: "docker",
      label: "Docker",
      kind: "compose",
      fileName: "compose.yaml",
      note: "Start it with docker compose up -d, then open http://localhost:3210. It listens on this machine only; add ACCESS_CODE before you let others in. This is the one-container LobeChat (version 1); for LobeHub 2, which needs its own database, add the same variables to the environment of the service in its compose file.",
      render: (facts) =>
        composeFile(facts, {
          service: "lobe-chat",
          image: "lobehub/lobe-chat:latest",
          port: [3210, 3210],
          environment: variables(facts, facts.dockerBase),
        }),
    },
    {
      id: "vercel",
      label: "Vercel",
      kind: "env",
      fileName: "lobechat-vercel.env",
      origin: "hosted",
      note: "In your project: Settings, Environment Variables. Paste the whole block into the first name field, save, then redeploy. Railway and Render take the same lines in their raw editors.",
      render: (facts) => dotenv(variables(facts, facts.base)),
    },
    {
      id: "app",
      label: "In the app",
      kind: "ui-steps",
      fileName: "lobechat-steps.txt",
      note: "On lobehub.com the calls come from LobeHub's servers: they reach this API only if its address is public.",
      render: (facts) => [
        { text: "Click your avatar, then Settings, then AI Service Provider." },
        {
          text: "Select OpenAI and fill in:",
          fields: [
            { label: "API Key", value: facts.key },
            { label: "API Proxy URL", value: facts.base },
          ],
        },
        { text: "Leave “Use Client Request Mode” off." },
        {
          text: "Under Model List, click Fetch models and switch on the ones you want. If one is missing, click Add Model:",
          fields: [
            { label: "Model ID", value: facts.model.id },
            { label: "Model Display Name", value: facts.model.displayName },
            { label: "Maximum Token Count", value: String(facts.model.contextTokens) },
            { label: "Support Function Calling", value: facts.model.tools ? "on" : "off" },
            { label: "Support Vision", value: facts.model.vision ? "on" : "off" },
          ],
        },
        {
          text: "Under Connectivity Check, choose this model and click Check:",
          fields: [{ label: "Connectivity Check", value: facts.model.id }],
        },
        { text: "Switch the provider on at the top right." },
      ],
    },
    {
      id: "newapi",
      label: "New API provider",
      kind: "env",
      fileName: ".env",
      note: "Instead of the first block, for a LobeChat that should keep its OpenAI provider for OpenAI. It reads prices from {root}/api/pricing, and sends ids that begin with claude to /v1/messages and those that begin with gpt-5 or o to /v1/responses. Redeploy afterwards.",
      render: (facts) => dotenv(newApiVariables(facts)),
    },
    {
      id: "newapi-app",
      label: "New API, in the app",
      kind: "ui-steps",
      fileName: "lobechat-newapi-steps.txt",
      note: "Takes the address with or without /v1. Ids that begin with gemini go to Google's own path, which this gateway does not have: use the OpenAI provider for those.",
      render: (facts) => [
        { text: "Click your avatar, then Settings, then AI Service Provider." },
        {
          text: "Select New API and fill in:",
          fields: [
            { label: "API Key", value: facts.key },
            { label: "API Proxy URL", value: facts.base },
          ],
        },
        { text: "Under Model List, click Fetch models and switch on the ones you want." },
        {
          text: "Under Connectivity Check, choose this model and click Check:",
          fields: [{ label: "Connectivity Check", value: facts.model.id }],
        },
        { text: "Switch the provider on at the top right." },
      ],
    },
  ],
};

/** The last two make the first chat and its title use a model that exists here, instead of LobeChat's built-in ones. */
function variables(facts: SetupFacts, base: string): [name: string, value: string][] {
  return [
    ["OPENAI_API_KEY", facts.key],
    ["OPENAI_PROXY_URL", base],
    ["OPENAI_MODEL_LIST", lobeModelList(facts.models)],
    ["DEFAULT_AGENT_CONFIG", `model=${facts.model.id};provider=openai`],
    ["SYSTEM_AGENT", `default=openai/${facts.small.id}`],
  ];
}

function newApiVariables(facts: SetupFacts): [name: string, value: string][] {
  return [
    ["ENABLED_NEWAPI", "1"],
    ["NEWAPI_API_KEY", facts.key],
    ["NEWAPI_PROXY_URL", facts.base],
    ["NEWAPI_MODEL_LIST", lobeModelList(facts.models)],
    ["DEFAULT_AGENT_CONFIG", `model=${facts.model.id};provider=newapi`],
    ["SYSTEM_AGENT", `default=newapi/${facts.small.id}`],
  ];
}

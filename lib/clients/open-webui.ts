import { composeFile } from "@/lib/clients/formats/compose";
import { dotenv } from "@/lib/clients/formats/dotenv";
import type { ClientEntry, SetupFacts } from "@/lib/clients/types";

/**
 * Facts: open-webui `backend/open_webui/routers/openai.py`, `AddConnectionModal.svelte`, docs.openwebui.com
 * (env-configuration; starting-with-openai-compatible).
 */
export const openWebui: ClientEntry = {
  slug: "open-webui",
  name: "Open WebUI",
  group: "chat",
  aliases: ["OpenWebUI", "Ollama WebUI"],
  what: "Self-hosted chat interface for teams, with documents, tools and its own user accounts.",
  homepage: "https://openwebui.com",
  forWhom: ["You run Open WebUI in Docker or from pip, and are its administrator."],
  notForWhom: ["You are a user of someone else's Open WebUI and cannot open its Admin Settings."],
  origin: "server-or-docker",
  originNote:
    "Open WebUI's server makes the calls. Only “Direct Connections”, set by a user, come from the browser.",
  asks: { address: "OPENAI_API_BASE_URL", value: "{base}", key: "OPENAI_API_KEY" },
  v1: {
    included: true,
    why: "Open WebUI appends /models and /chat/completions to the URL. Write it without a slash at the end.",
  },
  models: {
    how: "listed",
    note: "It reads {base}/models by itself; “Model IDs” limits that list, and is the way in if reading it fails.",
  },
  apply: {
    title: "Recreate the container",
    note: "docker compose up -d recreates it. These variables count only at the very first start: after that Open WebUI keeps its own copy, and you change the connection under Admin Settings, Connections.",
  },
  firstChat: "In Open WebUI, choose {model-name} at the top left, and say hello.",
  mistakes: [
    {
      mistake: "The variables were changed after the first start, and nothing happens.",
      fix: "Open WebUI stored the first values in its database. Change them under Admin Settings, Connections, or set ENABLE_PERSISTENT_CONFIG=False.",
    },
    {
      mistake: "Open WebUI runs in Docker and the address says localhost.",
      fix: "Inside a container, localhost is the container itself. Use {docker-base}.",
    },
    { mistake: "The URL ends in a slash.", fix: "Use {base}, without one." },
    {
      mistake: "The URL is {root}, without /v1.",
      fix: "Use {base}; otherwise no models are found.",
    },
    {
      mistake: "Each chat makes several calls.",
      fix: "Titles, tags and follow-up questions are calls of their own. Set a small model for them under Admin Settings, Interface, or switch them off.",
    },
  ],
  version:
    "Checked against Open WebUI's source in 2026. Where it stores its settings has changed between versions before; the Admin Settings always win over the variables.",
  tabs: [
    {
      id: "docker",
      label: "Docker",
      kind: "compose",
      fileName: "compose.yaml",
      note: "Start it with docker compose up -d, then open http://localhost:8080; the first account made there is the administrator.",
      render: (facts) =>
        composeFile(facts, {
          service: "open-webui",
          image: "ghcr.io/open-webui/open-webui:main",
          port: [8080, 8080],
          environment: variables(facts, facts.dockerBase),
          volume: ["open-webui", "/app/backend/data"],
        }),
    },
    {
      id: "env",
      label: ".env",
      kind: "env",
      fileName: ".env",
      note: "For an Open WebUI that you start yourself. If it runs in Docker on this machine, the address is {docker-base}.",
      render: (facts) =>
        dotenv([
          ...variables(facts, facts.base),
          "Next to another provider: OPENAI_API_BASE_URLS and OPENAI_API_KEYS instead, in the same order, with ; in between.",
        ]),
    },
    {
      id: "app",
      label: "In the app",
      kind: "ui-steps",
      fileName: "open-webui-steps.txt",
      render: (facts) => [
        { text: "Open Admin Settings, then Connections." },
        {
          text: "Beside “Manage OpenAI API Connections”, click +, and fill in:",
          fields: [
            { label: "URL", value: facts.base },
            { label: "Key", value: facts.key },
          ],
        },
        {
          text: "Leave “Model IDs” empty to offer every model of this key, or add only these:",
          fields: facts.models.slice(0, 20).map(({ id }) => ({ label: "Add a model ID", value: id })),
        },
        { text: "Click the circling arrows beside the URL to verify the connection, then Save." },
        ...(facts.reach === "loopback"
          ? [
              {
                text: "If Open WebUI runs in Docker, use this URL instead:",
                fields: [{ label: "URL", value: facts.dockerBase }],
              },
            ]
          : []),
      ],
    },
  ],
};

function variables(facts: SetupFacts, base: string): [name: string, value: string][] {
  return [
    ["OPENAI_API_BASE_URL", base],
    ["OPENAI_API_KEY", facts.key],
    ["ENABLE_OLLAMA_API", "False"],
    ["DEFAULT_MODELS", facts.model.id],
    ["TASK_MODEL_EXTERNAL", facts.small.id],
  ];
}

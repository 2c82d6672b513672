import { dotenv } from "@/lib/clients/formats/dotenv";
import { yamlText } from "@/lib/clients/formats/yaml";
import { KEY_VARIABLE, PROVIDER_NAME } from "@/lib/clients/provider-id";
import type { ClientEntry, SetupFacts } from "@/lib/clients/types";

/** Facts: LibreChat packages/api/src/endpoints/models.ts, data-provider 0.8.524, librechat.ai custom endpoints. */
export const librechat: ClientEntry = {
  slug: "librechat",
  name: "LibreChat",
  group: "chat",
  aliases: ["Libre Chat"],
  what: "Self-hosted chat for teams, with agents, files and many providers side by side.",
  homepage: "https://www.librechat.ai",
  forWhom: ["You run LibreChat yourself and can edit its librechat.yaml and .env."],
  notForWhom: ["You are a user of someone else's LibreChat: its administrator has to add the endpoint."],
  origin: "server-or-docker",
  originNote: "LibreChat's own server makes the calls. The address has to be reachable from there.",
  asks: { address: "baseURL", value: "{base}", key: "apiKey" },
  v1: {
    included: true,
    why: "LibreChat appends /chat/completions and /models to baseURL. Only with provider: anthropic it wants {root}.",
  },
  models: {
    how: "listed",
    note: "fetch: true reads {base}/models, with sizes and prices; default is what is offered if reading fails, and may not be empty.",
  },
  apply: {
    title: "Restart LibreChat",
    note: "It reads both files at start: docker compose up -d --force-recreate api. Its list of models is read again every two minutes.",
  },
  firstChat: "In LibreChat, choose Tollgate and {model-name} at the top, and say hello.",
  mistakes: [
    { mistake: "baseURL is {root}, without /v1.", fix: "Use {base}." },
    {
      mistake: "The endpoint does not appear.",
      fix: "librechat.yaml is not mounted into the container. The third block does that.",
    },
    {
      mistake: "LibreChat runs in Docker and the address says localhost.",
      fix: "Inside a container, localhost is the container itself. Use {docker-base}.",
    },
    {
      mistake: "The endpoint is named like a built-in one, or its name begins with ollama.",
      fix: "Then LibreChat treats it as that one. Keep the name of the block.",
    },
    {
      mistake: "The key's variable is called OPENROUTER_API_KEY.",
      fix: "LibreChat takes that name for its own OpenAI endpoint. Keep TOLLGATE_API_KEY.",
    },
    {
      mistake: "A model refuses frequency_penalty or another parameter.",
      fix: "Add dropParams with the parameter's name to the endpoint.",
    },
  ],
  version:
    "Checked against LibreChat's source with configuration version 1.3.17; a newer LibreChat may ask for a newer one.",
  tabs: [
    {
      id: "config",
      label: "librechat.yaml",
      kind: "yaml",
      fileName: "librechat.yaml",
      needs: ["env"],
      note: "If you have the file, add the entry below custom. If LibreChat runs in Docker on the machine of the API, baseURL is {docker-base}.",
      render: config,
    },
    {
      id: "env",
      label: ".env",
      kind: "env",
      fileName: ".env",
      needs: ["config"],
      note: "Add the line to LibreChat's .env.",
      render: (facts) => dotenv([[KEY_VARIABLE, facts.key]]),
    },
    {
      id: "docker",
      label: "Docker",
      kind: "yaml",
      fileName: "docker-compose.override.yml",
      needs: ["config", "env"],
      note: "Beside LibreChat's docker-compose.yml: it mounts the file into the container, where it is not by default.",
      render: override,
    },
  ],
};

function config(facts: SetupFacts): string {
  return [
    "version: 1.3.17",
    "endpoints:",
    "  custom:",
    `    - name: ${yamlText(PROVIDER_NAME)}`,
    `      apiKey: ${yamlText(`\${${KEY_VARIABLE}}`)}`,
    `      baseURL: ${yamlText(facts.base)}`,
    "      models:",
    "        default:",
    ...facts.models.map(({ id }) => `          - ${yamlText(id)}`),
    "        fetch: true",
    "      titleConvo: true",
    `      titleModel: ${yamlText(facts.small.id)}`,
    `      modelDisplayLabel: ${yamlText(PROVIDER_NAME)}`,
    "",
  ].join("\n");
}

function override(facts: SetupFacts): string {
  const lines = [
    "services:",
    "  api:",
    "    volumes:",
    "      - type: bind",
    "        source: ./librechat.yaml",
    "        target: /app/librechat.yaml",
  ];
  if (facts.reach === "loopback") {
    lines.push("    extra_hosts:", `      - ${yamlText("host.docker.internal:host-gateway")}`);
  }
  return `${lines.join("\n")}\n`;
}

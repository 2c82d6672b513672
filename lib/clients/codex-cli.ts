import { shellExports } from "@/lib/clients/formats/exports";
import { tomlText } from "@/lib/clients/formats/toml";
import { KEY_VARIABLE, PROVIDER_ID, PROVIDER_NAME } from "@/lib/clients/provider-id";
import type { ClientEntry, SetupFacts } from "@/lib/clients/types";

/** Facts: @openai/codex 0.169.0 as run; developers.openai.com/codex/config-sample. */
export const codexCli: ClientEntry = {
  slug: "codex-cli",
  name: "Codex CLI",
  group: "coding",
  aliases: ["Codex", "OpenAI Codex"],
  what: "OpenAI's coding agent for the terminal.",
  homepage: "https://developers.openai.com/codex",
  forWhom: [
    "You use codex in a terminal and want it to run on models from here, with a key instead of a subscription.",
  ],
  notForWhom: [
    "You want to use what a ChatGPT plan includes: sign codex in with that plan instead.",
    "You need Codex in the cloud or in the ChatGPT app: only the command line can be pointed elsewhere.",
  ],
  origin: "your-machine",
  originNote: "The calls come straight from your machine.",
  asks: { address: "base_url", value: "{base}", key: "env_key" },
  v1: {
    included: true,
    why: "Codex appends /responses to base_url. It speaks the Responses API and nothing else; the gateway translates for models that only chat.",
  },
  models: {
    how: "both",
    note: "Any id can be typed. With model_catalog_url Codex reads sizes and its picker from {base}/models; without it, it warns “Model metadata not found” and guesses the size.",
  },
  apply: { title: "Start a new session", note: "Codex reads config.toml when it starts." },
  firstChat: "Run codex in a folder of yours and ask it to say hello.",
  mistakes: [
    {
      mistake: "wire_api is “chat”.",
      fix: "Codex refuses to start with it since that was removed. Write “responses”.",
    },
    {
      mistake: "OPENAI_BASE_URL is set instead of a provider.",
      fix: "Codex ignores that variable and calls OpenAI, which answers invalid_api_key to a key from here. Use the block.",
    },
    {
      mistake: "Missing environment variable: TOLLGATE_API_KEY.",
      fix: "The variable that env_key names is not exported in this terminal. Use the Terminal block, or your shell's profile.",
    },
    {
      mistake: "model and model_provider stand below a [table].",
      fix: "TOML takes them for settings of that table. They have to be above the first one.",
    },
    {
      mistake: "The provider is called openai, ollama or lmstudio.",
      fix: "These names are reserved. Keep tollgate.",
    },
    {
      mistake: "model_provider stands in a project's .codex/config.toml.",
      fix: "It is ignored there. Put it into ~/.codex/config.toml.",
    },
    {
      mistake: "A model whose id Codex knows (gpt-5.5, gpt-5.6-…, gpt-6-…) answers but never edits files.",
      fix: "For its own ids Codex hands over its tools in a form that only OpenAI's models read. Ask your operator for an alias under another id.",
    },
    {
      mistake: "A wrong key takes seven seconds to be refused.",
      fix: "Codex tries six times. Set request_max_retries and stream_max_retries to 0 in the provider.",
    },
  ],
  version:
    "Codex CLI 0.169 was run with this file. Old [profiles] tables and wire_api chat are gone since earlier releases; the next one may move things again.",
  tabs: [
    {
      id: "config",
      label: "config.toml",
      kind: "toml",
      fileName: "config.toml",
      needs: ["terminal"],
      note: "Save it as ~/.codex/config.toml (Windows: %USERPROFILE%\\.codex\\config.toml). If you have one, put the first two lines at its very top and the table at its end.",
      render: config,
    },
    {
      id: "terminal",
      label: "Terminal",
      kind: "shell",
      fileName: "codex-key.sh",
      needs: ["config"],
      note: "The first line gives this terminal the key; put it into your shell's profile to keep it. The second one asks a question.",
      render: (facts) =>
        shellExports(
          [[KEY_VARIABLE, facts.key]],
          ["codex exec --skip-git-repo-check 'Say hello in five words.'"],
        ),
    },
  ],
};

function config(facts: SetupFacts): string {
  return [
    `model = ${tomlText(facts.model.id)}`,
    `model_provider = ${tomlText(PROVIDER_ID)}`,
    "",
    `[model_providers.${PROVIDER_ID}]`,
    `name = ${tomlText(PROVIDER_NAME)}`,
    `base_url = ${tomlText(facts.base)}`,
    `env_key = ${tomlText(KEY_VARIABLE)}`,
    'wire_api = "responses"',
    `model_catalog_url = ${tomlText(`${facts.base}/models`)}`,
    "",
  ].join("\n");
}

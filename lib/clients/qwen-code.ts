import { dotenv } from "@/lib/clients/formats/dotenv";
import { shellExports } from "@/lib/clients/formats/exports";
import { jsonFile } from "@/lib/clients/formats/json";
import { KEY_VARIABLE } from "@/lib/clients/provider-id";
import type { ClientEntry, SetupFacts } from "@/lib/clients/types";

/** Facts: @qwen-code/qwen-code 0.24.4 as run. */
export const qwenCode: ClientEntry = {
  slug: "qwen-code",
  name: "Qwen Code",
  group: "coding",
  aliases: ["Qwen", "qwen cli"],
  what: "Coding agent for the terminal, made for Qwen's models and open to others.",
  homepage: "https://qwen.ai/qwencode",
  forWhom: ["You use qwen in a terminal and want it to run on models from here."],
  notForWhom: ["You want to use the free quota of a Qwen account: sign in with that instead."],
  origin: "your-machine",
  originNote: "The calls come straight from your machine.",
  asks: { address: "OPENAI_BASE_URL", value: "{base}", key: "OPENAI_API_KEY" },
  v1: { included: true, why: "Qwen Code appends /chat/completions to the address as it stands." },
  models: {
    how: "typed",
    note: "It never reads a list: one model by OPENAI_MODEL, or several as entries of settings.json.",
  },
  apply: { title: "Start qwen anew", note: "It reads its settings when it starts." },
  firstChat: "Run qwen, check the model with /model, and say hello.",
  mistakes: [
    { mistake: "OPENAI_BASE_URL is {root}, without /v1.", fix: "Use {base}." },
    {
      mistake: "It asks how to sign in.",
      fix: "Choose OpenAI, or use settings.json, which has chosen already.",
    },
    {
      mistake: "Every answer is followed by a second call.",
      fix: "After an answer without a terminal it goes over the conversation once more, for its memory. Both calls are on the Usage page.",
    },
    {
      mistake: "A provider in settings.json is missing from the list.",
      fix: "Unknown names below modelProviders are skipped without a word. It has to be openai.",
    },
    {
      mistake: "A .env of your project sets OPENAI_API_KEY as well.",
      fix: "The one nearest to where you start qwen wins. Remove it there.",
    },
  ],
  version: "Qwen Code 0.24 was run with these blocks.",
  tabs: [
    {
      id: "env",
      label: ".env",
      kind: "env",
      fileName: ".env",
      note: "Save it as ~/.qwen/.env.",
      render: (facts) => dotenv(variables(facts)),
    },
    {
      id: "settings",
      label: "settings.json",
      kind: "json",
      fileName: "settings.json",
      note: "Save it as ~/.qwen/settings.json. It offers every model of this key; the key is inside, so keep it out of repositories.",
      render: settings,
    },
    {
      id: "terminal",
      label: "Terminal",
      kind: "shell",
      fileName: "qwen-code.sh",
      note: "For this terminal only. The last line asks a question.",
      render: (facts) => shellExports(variables(facts), ["qwen -p 'Say hello in five words.'"]),
    },
  ],
};

function variables({ base, key, model }: SetupFacts): [name: string, value: string][] {
  return [
    ["OPENAI_BASE_URL", base],
    ["OPENAI_API_KEY", key],
    ["OPENAI_MODEL", model.id],
  ];
}

function settings(facts: SetupFacts): string {
  return jsonFile({
    modelProviders: {
      openai: facts.models.map(({ id, displayName }) => ({
        id,
        name: displayName,
        baseUrl: facts.base,
        envKey: KEY_VARIABLE,
      })),
    },
    env: { [KEY_VARIABLE]: facts.key },
    security: { auth: { selectedType: "openai" } },
    model: { name: facts.model.id },
  });
}

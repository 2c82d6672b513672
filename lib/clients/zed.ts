import { answerTokens } from "@/lib/clients/answer-tokens";
import { shellExports } from "@/lib/clients/formats/exports";
import { jsonFile } from "@/lib/clients/formats/json";
import { KEY_VARIABLE, PROVIDER_ID, PROVIDER_NAME } from "@/lib/clients/provider-id";
import type { ClientEntry, SetupFacts } from "@/lib/clients/types";

/** Facts: zed docs/src/ai/use-api-access.md (commit 03560fd), crates/language_models open_ai_compatible.rs. */
export const zed: ClientEntry = {
  slug: "zed",
  name: "Zed",
  group: "coding",
  aliases: ["Zed editor"],
  what: "Fast code editor with an agent panel; takes any OpenAI-compatible provider from its settings.",
  homepage: "https://zed.dev",
  forWhom: ["You use Zed's agent panel or inline assistant and want them to run on models from here."],
  notForWhom: ["You want edit predictions to come from here: they have a provider of their own."],
  origin: "your-machine",
  originNote: "The calls come straight from your machine; Zed keeps the key in the system's keychain.",
  asks: { address: "api_url", value: "{base}", key: "API key" },
  v1: {
    included: true,
    why: "Zed appends /chat/completions to api_url. Only its anthropic_compatible provider wants {root} instead.",
  },
  models: {
    how: "typed",
    note: "Zed never reads a list: every model is an entry of settings.json. The block holds them all.",
  },
  apply: {
    title: "Nothing to restart",
    note: "Zed reads settings.json again when it is saved. A key given as a variable counts from the next start.",
  },
  firstChat: "Open the agent panel, choose {model-name} at the foot of the message box, and say hello.",
  mistakes: [
    { mistake: "api_url is {root}, without /v1.", fix: "Use {base}." },
    {
      mistake: "The key stands in settings.json.",
      fix: "Zed does not read it there. Paste it under LLM Providers, or set TOLLGATE_API_KEY.",
    },
    {
      mistake: "The variable is set and Zed does not see it.",
      fix: "Started from the dock or the desktop, Zed has no variables of your terminal. Paste the key in its settings instead.",
    },
    {
      mistake: "max_tokens was taken for the length of an answer.",
      fix: "It is the model's context; max_output_tokens limits the answer.",
    },
    {
      mistake: "Edit predictions still come from Zed.",
      fix: "They have their own setting, edit_predictions, and do not use this provider.",
    },
  ],
  version: "Checked against Zed's source and documentation of 2026; the editor itself was not run.",
  tabs: [
    {
      id: "settings",
      label: "settings.json",
      kind: "json",
      fileName: "settings.json",
      needs: ["key"],
      note: "Open your settings file from the command palette (zed: open settings file) and add both entries.",
      render: settings,
    },
    {
      id: "key",
      label: "The key, in Zed",
      kind: "ui-steps",
      fileName: "zed-key-steps.txt",
      needs: ["settings"],
      render: (facts) => [
        { text: "Open the command palette, run “agent: open settings”, and select LLM Providers." },
        {
          text: `Find ${PROVIDER_NAME} in the list (it appears once settings.json is saved), click Configure, paste, and press Enter:`,
          fields: [{ label: "API key", value: facts.key }],
        },
      ],
    },
    {
      id: "terminal",
      label: "The key, as a variable",
      kind: "shell",
      fileName: "zed-key.sh",
      needs: ["settings"],
      note: "Instead of pasting it in Zed. It counts for a Zed that is started from this terminal.",
      render: (facts) => shellExports([[KEY_VARIABLE, facts.key]], ["zed ."]),
    },
  ],
};

function settings(facts: SetupFacts): string {
  return jsonFile({
    language_models: {
      openai_compatible: {
        [PROVIDER_ID]: {
          api_url: facts.base,
          available_models: facts.models.map((model) => ({
            name: model.id,
            display_name: model.displayName,
            max_tokens: model.contextTokens,
            max_output_tokens: answerTokens(model),
            capabilities: {
              tools: model.tools,
              images: model.vision,
              parallel_tool_calls: false,
              prompt_cache_key: false,
              chat_completions: true,
            },
          })),
        },
      },
    },
    agent: { default_model: { provider: PROVIDER_ID, model: facts.model.id } },
  });
}

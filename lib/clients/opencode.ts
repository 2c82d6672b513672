import { shellExports } from "@/lib/clients/formats/exports";
import { openCode2Config, openCodeConfig } from "@/lib/clients/opencode-config";
import { KEY_VARIABLE } from "@/lib/clients/provider-id";
import type { ClientEntry } from "@/lib/clients/types";

/** Facts: opencode-ai 1.18.33 as run; opencode.ai/v1/docs/providers, opencode.ai/v2/docs/providers. */
export const openCode: ClientEntry = {
  slug: "opencode",
  name: "opencode",
  group: "coding",
  aliases: ["OpenCode", "open code", "sst opencode"],
  what: "Open-source coding agent for the terminal.",
  homepage: "https://opencode.ai",
  forWhom: ["You use opencode in a terminal and want it to run on models from here."],
  notForWhom: ["The model you choose cannot call tools: the agent depends on them."],
  origin: "your-machine",
  originNote: "The calls come straight from your machine.",
  asks: { address: "baseURL", value: "{base}", key: "apiKey" },
  v1: {
    included: true,
    why: "opencode appends /chat/completions to baseURL and adds no /v1. That holds for its OpenAI and Anthropic packages too.",
  },
  models: {
    how: "typed",
    note: "opencode never reads a list: every model is an entry of the file. The block holds them all.",
  },
  apply: { title: "Start opencode anew", note: "It reads the file when it starts." },
  firstChat: "Run opencode, choose {model-name} with /models, and say hello.",
  mistakes: [
    { mistake: "baseURL is {root}, without /v1.", fix: "Use {base}." },
    {
      mistake: "The file has “providers” and opencode says that it is not valid, or the other way round.",
      fix: "Version 1 wants “provider” with “npm” and “options”, version 2 “providers” with “package” and “settings”. opencode --version tells which you have.",
    },
    {
      mistake:
        "A key that is limited to one model gets 403 for another one at the start of each conversation.",
      fix: "The title comes from small_model. Allow that model for the key as well, or set small_model to the same one.",
    },
    {
      mistake: "The answer is 401 although the key is right.",
      fix: "The variable is not set in the terminal that runs opencode. Export it there, or in your shell's profile.",
    },
    {
      mistake: "It keeps trying on an error that cannot pass.",
      fix: "Stop it, and read the message: for missing credit the top-up address stands in it.",
    },
  ],
  version:
    "The block of version 1 was run with opencode-ai 1.18. Version 2 has another schema, taken from its documentation and not run: choose by opencode --version.",
  tabs: [
    {
      id: "v1",
      label: "opencode.json (version 1)",
      kind: "json",
      fileName: "opencode.json",
      needs: ["terminal"],
      note: "Save it as opencode.json in your project or as ~/.config/opencode/opencode.json. The key is not inside, so the file may be committed.",
      render: openCodeConfig,
    },
    {
      id: "v2",
      label: "opencode.json (version 2)",
      kind: "json",
      fileName: "opencode.json",
      needs: ["terminal"],
      note: "Save it as opencode.json in your project or as ~/.config/opencode/opencode.json. Version 1 does not understand this form.",
      render: openCode2Config,
    },
    {
      id: "terminal",
      label: "Terminal",
      kind: "shell",
      fileName: "opencode-key.sh",
      needs: ["v1"],
      note: "The first line gives this terminal the key; put it into your shell's profile to keep it. The second one asks a question.",
      render: (facts) =>
        shellExports([[KEY_VARIABLE, facts.key]], ["opencode run 'Say hello in five words.'"]),
    },
  ],
};

import { shellExports } from "@/lib/clients/formats/exports";
import { jsonFile } from "@/lib/clients/formats/json";
import type { ClientEntry, SetupFacts } from "@/lib/clients/types";

/** Facts: @anthropic-ai/claude-code 2.1.329 as run; code.claude.com/docs/en/llm-gateway-protocol and env-vars. */
export const claudeCode: ClientEntry = {
  slug: "claude-code",
  name: "Claude Code",
  group: "coding",
  aliases: ["Claude CLI", "claude"],
  what: "Anthropic's coding agent for the terminal and for VS Code.",
  homepage: "https://code.claude.com",
  forWhom: ["You use claude in a terminal or in VS Code and want it to run on models from here."],
  notForWhom: [
    "You want to use what a Claude plan includes: sign in with that plan instead.",
    "You need the web, desktop or mobile app: these cannot be pointed elsewhere.",
  ],
  origin: "your-machine",
  originNote: "The calls come straight from your machine.",
  asks: { address: "ANTHROPIC_BASE_URL", value: "{root}", key: "ANTHROPIC_AUTH_TOKEN" },
  v1: {
    included: false,
    why: "Claude Code appends the version and /messages by itself: the address is the bare {root}.",
  },
  models: {
    how: "both",
    note: "You set them by the four variables. With discovery on, /model also lists those of this key whose id has claude or anthropic in it, as “From gateway”.",
  },
  apply: { title: "Start a new session", note: "Claude Code reads its settings when a session starts." },
  firstChat: "Run claude, check with /status that the base URL is {root}, and say hello.",
  mistakes: [
    {
      mistake: "The address has a version path at its end.",
      fix: "Use {root}. Claude Code adds the path itself.",
    },
    {
      mistake: "ANTHROPIC_API_KEY is set as well.",
      fix: "The two conflict, and the key of the other may win. Unset it, here and in your shell's profile.",
    },
    {
      mistake: "Long sessions end in “prompt is too long”.",
      fix: "For a model that it does not know, Claude Code assumes room for a million tokens. CLAUDE_CODE_MAX_CONTEXT_TOKENS in the block says how much there is. For ids with claude in them it is ignored.",
    },
    {
      mistake: "A key that is limited to one model gets 403 now and then.",
      fix: "Titles and other side tasks use the haiku model. Allow that one for the key too.",
    },
    {
      mistake: "/model lists nothing from the gateway.",
      fix: "Discovery is switched off by CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC=1 and by --bare, and shows ids with claude or anthropic only.",
    },
    {
      mistake: "The key stands in a project's .claude/settings.json, which is committed.",
      fix: "Put it into ~/.claude/settings.json, and rotate the key if it has been pushed.",
    },
    {
      mistake: "Long calls end with 524.",
      fix: "That is a proxy in front of the API that waited 100 seconds for a first byte. The guide about 524 and 503 says what to do.",
    },
  ],
  version:
    "Claude Code 2.1.329 was run with this file. It changes weekly, and its request grows with it; what the gateway does not know it passes on or drops.",
  tabs: [
    {
      id: "settings",
      label: "settings.json",
      kind: "json",
      fileName: "settings.json",
      note: "Save it as ~/.claude/settings.json (Windows: %USERPROFILE%\\.claude\\settings.json), or add its env to yours. Never into a project's committed settings: the key is inside.",
      render: (facts) => jsonFile({ env: Object.fromEntries(variables(facts)) }),
    },
    {
      id: "terminal",
      label: "Terminal",
      kind: "shell",
      fileName: "claude-code.sh",
      note: "For this terminal only; put the lines into your shell's profile to keep them. The last one asks a question.",
      render: (facts) =>
        [
          "unset ANTHROPIC_API_KEY",
          shellExports(variables(facts), ["claude -p 'Say hello in five words.'"]),
        ].join("\n"),
    },
    {
      id: "vscode",
      label: "VS Code",
      kind: "json",
      fileName: "vscode-settings.json",
      note: "Add it to your user settings (Preferences: Open User Settings (JSON)), then reload the window. The extension reads ~/.claude/settings.json too, so one of the two is enough.",
      render: (facts) =>
        jsonFile({
          "claudeCode.environmentVariables": variables(facts).map(([name, value]) => ({ name, value })),
          "claudeCode.disableLoginPrompt": true,
        }),
    },
  ],
};

function variables({ root, key, model, small }: SetupFacts): [name: string, value: string][] {
  return [
    ["ANTHROPIC_BASE_URL", root],
    ["ANTHROPIC_AUTH_TOKEN", key],
    ["ANTHROPIC_MODEL", model.id],
    ["ANTHROPIC_DEFAULT_OPUS_MODEL", model.id],
    ["ANTHROPIC_DEFAULT_SONNET_MODEL", model.id],
    ["ANTHROPIC_DEFAULT_HAIKU_MODEL", small.id],
    ["CLAUDE_CODE_MAX_CONTEXT_TOKENS", String(model.contextTokens)],
    ["CLAUDE_CODE_ENABLE_GATEWAY_MODEL_DISCOVERY", "1"],
  ];
}

/** How a client wants its address: with /v1, without, or either way. */
export type V1Rule = "with" | "without" | "either";

interface ClientRule {
  name: string;
  v1: V1Rule;
  /** The variable that it reads its address from, or in words where that stands; undefined where any will do. */
  addressName?: string;
  /** Variables that people set for it and that it does not read. */
  ignores?: readonly string[];
  /** True where a slash at the end of the address breaks it. */
  noSlash?: boolean;
}

const OTHERS = ["OPENAI_BASE_URL", "OPENAI_PROXY_URL", "OPENAI_API_BASE", "OPENAI_API_BASE_URL", "BASE_URL"];
const allBut = (...names: string[]) => OTHERS.filter((name) => !names.includes(name));

/**
 * What is known of each client's address, by slug; a test holds it against the setup catalogue. Sources: those that
 * lib/clients names per client, and for the variables each client's own documentation.
 */
export const CLIENT_RULES: Readonly<Record<string, ClientRule>> = {
  lobechat: {
    name: "LobeChat",
    v1: "with",
    addressName: "OPENAI_PROXY_URL",
    ignores: allBut("OPENAI_PROXY_URL"),
  },
  "open-webui": {
    name: "Open WebUI",
    v1: "with",
    addressName: "OPENAI_API_BASE_URL",
    ignores: allBut("OPENAI_API_BASE_URL"),
    noSlash: true,
  },
  nextchat: { name: "NextChat", v1: "without", addressName: "BASE_URL", ignores: allBut("BASE_URL") },
  anythingllm: {
    name: "AnythingLLM",
    v1: "with",
    addressName: "GENERIC_OPEN_AI_BASE_PATH",
    ignores: [...OTHERS, "OPEN_AI_BASE_PATH"],
  },
  librechat: { name: "LibreChat", v1: "with" },
  "cherry-studio": { name: "Cherry Studio", v1: "either" },
  chatbox: { name: "Chatbox", v1: "either" },
  jan: { name: "Jan", v1: "with", noSlash: true },
  /** It has an address of its own, below the root. */
  cursor: { name: "Cursor", v1: "without" },
  cline: { name: "Cline", v1: "with" },
  continue: {
    name: "Continue",
    v1: "with",
    addressName: "apiBase",
    ignores: [...OTHERS, "baseUrl", "base_url", "api_base"],
  },
  "codex-cli": {
    name: "Codex CLI",
    v1: "with",
    addressName: "base_url in ~/.codex/config.toml",
    ignores: OTHERS,
  },
  "claude-code": {
    name: "Claude Code",
    v1: "without",
    addressName: "ANTHROPIC_BASE_URL",
    ignores: [...OTHERS, "ANTHROPIC_API_URL", "ANTHROPIC_API_BASE", "CLAUDE_BASE_URL"],
  },
  rumus: { name: "Rumus", v1: "with" },
  zed: { name: "Zed", v1: "with" },
  opencode: { name: "opencode", v1: "with" },
  aider: {
    name: "Aider",
    v1: "with",
    addressName: "OPENAI_API_BASE",
    ignores: ["OPENAI_PROXY_URL", "OPENAI_API_BASE_URL", "BASE_URL"],
  },
  "roo-code": { name: "Roo Code", v1: "with" },
  "kilo-code": { name: "Kilo Code", v1: "with" },
  n8n: { name: "n8n", v1: "with", noSlash: true },
  dify: { name: "Dify", v1: "with" },
  "qwen-code": {
    name: "Qwen Code",
    v1: "with",
    addressName: "OPENAI_BASE_URL",
    ignores: allBut("OPENAI_BASE_URL"),
  },
  "openai-sdk": {
    name: "OpenAI SDK",
    v1: "with",
    addressName: "OPENAI_BASE_URL",
    ignores: allBut("OPENAI_BASE_URL", "BASE_URL"),
  },
  "anthropic-sdk": { name: "Anthropic SDK", v1: "without" },
  "ai-sdk": { name: "AI SDK", v1: "with" },
  langchain: { name: "LangChain", v1: "with" },
  curl: { name: "curl", v1: "with" },
};

/** The clients of a paste that the makers run on servers of their own. */
export const HOSTED_CLIENTS: ReadonlySet<string> = new Set(["cursor"]);

/**
 * Which program calls, by what it says of itself. Known names only, so that no caller can fill the rollups with
 * names of its own making; slugs are those of the setup catalogue where it has the client.
 */
const CLIENTS: readonly (readonly [needle: string, name: string])[] = [
  ["claude-cli", "claude-code"],
  ["claude-code", "claude-code"],
  ["codex", "codex-cli"],
  ["lobe", "lobechat"],
  ["open-webui", "open-webui"],
  ["open webui", "open-webui"],
  ["nextchat", "nextchat"],
  ["chatgpt-next-web", "nextchat"],
  ["cursor", "cursor"],
  ["kilo", "kilo-code"],
  ["roo", "roo-code"],
  ["cline", "cline"],
  ["continue", "continue"],
  ["rumus", "rumus"],
  ["anythingllm", "anythingllm"],
  ["librechat", "librechat"],
  ["cherry", "cherry-studio"],
  ["chatbox", "chatbox"],
  ["opencode", "opencode"],
  ["aider", "aider"],
  ["qwen", "qwen-code"],
  ["copilot", "copilot-cli"],
  ["gemini-cli", "gemini-cli"],
  ["n8n", "n8n"],
  ["dify", "dify"],
  ["zed/", "zed"],
  ["jan/", "jan"],
  ["langchain", "langchain"],
  ["litellm", "litellm"],
  ["tollgate-playground", "playground"],
  ["ai-sdk", "ai-sdk"],
  ["anthropic/", "anthropic-sdk"],
  ["anthropic-sdk", "anthropic-sdk"],
  ["openai/", "openai-sdk"],
  ["curl/", "curl"],
  ["python-requests", "python"],
  ["python-httpx", "python"],
  ["aiohttp", "python"],
  ["undici", "node"],
  ["node", "node"],
  ["go-http-client", "go"],
  ["mozilla/", "browser"],
];
const LONGEST = 300;

const cache = new Map<string, string>();
const MAX_CACHE = 2_000;

/** From `x-client`, `x-title` and `user-agent`, in this order; `other` when none is known. */
export function clientName(headers: Readonly<Record<string, string | string[] | undefined>>): string {
  for (const name of ["x-client", "x-title", "user-agent"] as const) {
    const value = headers[name];
    if (typeof value !== "string") continue;
    const known = lookUp(value);
    if (known !== "other") return known;
  }
  return "other";
}

function lookUp(value: string): string {
  const cached = cache.get(value);
  if (cached) return cached;
  const text = value.slice(0, LONGEST).toLowerCase();
  const found = CLIENTS.find(([needle]) => text.includes(needle))?.[1] ?? "other";
  if (cache.size >= MAX_CACHE) cache.clear();
  cache.set(value, found);
  return found;
}

import type { ConnectionKind } from "@/prisma/generated/client";

/** The APIs that an upstream may speak. Embeddings count as one: they have no translation. */
export const DIALECTS = ["chat", "completions", "responses", "messages", "embeddings"] as const;
export type UpstreamDialect = (typeof DIALECTS)[number];

/**
 * What openai-compatible hosts are known to speak beyond chat. Sources: the API reference of each, November 2026.
 * Servers that people run themselves (vLLM, Ollama, LiteLLM, LocalAI, ...) differ by version and say so by flag.
 */
const KNOWN_HOSTS: Readonly<Record<string, readonly UpstreamDialect[]>> = {
  "api.openai.com": ["chat", "completions", "responses", "embeddings"],
  "eu.api.openai.com": ["chat", "completions", "responses", "embeddings"],
  "us.api.openai.com": ["chat", "completions", "responses", "embeddings"],
  "openrouter.ai": ["chat", "completions", "responses", "messages", "embeddings"],
  "api.x.ai": ["chat", "responses", "embeddings"],
  "api.groq.com": ["chat", "responses"],
  "api.mistral.ai": ["chat", "embeddings"],
  "api.deepseek.com": ["chat"],
  "api.together.xyz": ["chat", "completions", "embeddings"],
  "api.fireworks.ai": ["chat", "completions", "responses", "embeddings"],
};

/** Any other openai-compatible endpoint: what they nearly all have. A call in another dialect is translated. */
const USUAL: readonly UpstreamDialect[] = ["chat", "embeddings"];

const AZURE: readonly UpstreamDialect[] = ["chat", "completions", "responses", "embeddings"];

/** What a connection speaks where its operator has not said: by its kind, and by its host where that is known. */
export function usualDialects(kind: ConnectionKind, baseUrl: string): readonly UpstreamDialect[] {
  switch (kind) {
    case "anthropic":
      return ["messages"];
    case "google":
      // Gemini's own API, which is none of ours.
      return [];
    case "azure":
      return AZURE;
    case "openai_compatible": {
      const host = new URL(baseUrl).hostname;
      return KNOWN_HOSTS[host] ?? USUAL;
    }
  }
}

/** What a connection speaks: what its operator said, else the usual. */
export function dialectsOf(connection: {
  kind: ConnectionKind;
  baseUrl: string;
  dialects: readonly string[];
}): ReadonlySet<UpstreamDialect> {
  const said = DIALECTS.filter((dialect) => connection.dialects.includes(dialect));
  return new Set(said.length > 0 ? said : usualDialects(connection.kind, connection.baseUrl));
}

/** The guides, in the order in which they are shown. Slugs are public and permanent. */
export const GUIDES = [
  "api-key-and-base-url",
  "one-base-url",
  "empty-responses",
  "missing-models",
  "openai-compatible",
  "codex-invalid-api-key",
  "claude-code-524-503",
  "moving-from-providers",
  "when-a-gateway-fits",
] as const;

export type GuideSlug = (typeof GUIDES)[number];

export function isGuide(slug: string): slug is GuideSlug {
  return (GUIDES as readonly string[]).includes(slug);
}

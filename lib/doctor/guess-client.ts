/** What gives a client away in a configuration; the first that fits wins, so the most telling stand first. */
const SIGNS: readonly (readonly [slug: string, sign: RegExp])[] = [
  [
    "claude-code",
    /ANTHROPIC_AUTH_TOKEN|ANTHROPIC_DEFAULT_\w+_MODEL|CLAUDE_CODE_|\.claude\/settings|\bclaude (?:-p|code)\b/,
  ],
  [
    "codex-cli",
    /\[?model_providers\b|\bwire_api\b|\.codex\b|\bcodex (?:exec|login|--)|^\s*codex\s*$|openai_base_url/m,
  ],
  [
    "lobechat",
    /OPENAI_PROXY_URL|OPENAI_MODEL_LIST|NEWAPI_(?:PROXY_URL|API_KEY)|lobe-?(?:chat|hub)|API Proxy URL/i,
  ],
  ["nextchat", /CUSTOM_MODELS|chatgpt-next-web|nextchat|VISION_MODELS|Custom Endpoint|OpenAI Endpoint/i],
  [
    "open-webui",
    /OPENAI_API_BASE_URLS?\b|OPENAI_API_KEYS\b|open-webui|ENABLE_OLLAMA_API|ENABLE_PERSISTENT_CONFIG/,
  ],
  ["anythingllm", /GENERIC_OPEN_AI_|anythingllm|LLM_PROVIDER/i],
  ["kilo-code", /\.config\/kilo|kilo\.json|kilocode/i],
  ["opencode", /opencode\.ai\/config\.json|@ai-sdk\/openai-compatible"\s*,\s*"name"|"npm"\s*:/],
  ["qwen-code", /"modelProviders"|\.qwen\b|\bqwen -/],
  ["librechat", /librechat|^endpoints:\s*$|titleConvo|modelDisplayLabel/im],
  ["zed", /openai_compatible|anthropic_compatible|"language_models"/],
  ["roo-code", /openAiBaseUrl|"providerProfiles"/],
  ["cline", /\bcline\b/i],
  ["cursor", /\bcursor\b|Override OpenAI Base URL/i],
  ["continue", /\bapiBase\s*:|\.continue\b|schema: v1/],
  ["aider", /\baider\b|openai-api-base/],
  ["chatbox", /"apiHost"|\bchatbox\b/i],
  ["cherry-studio", /cherry ?studio/i],
  ["dify", /endpoint_url|\bdify\b/i],
  ["n8n", /\bn8n\b/i],
  ["jan", /\bjan\.ai\b|\bJan\b/],
  ["rumus", /\brumus\b|Endpoint URL/i],
  ["langchain", /ChatOpenAI|langchain/],
  ["ai-sdk", /createOpenAICompatible|createOpenAI\b|@ai-sdk\//],
  ["anthropic-sdk", /\bAnthropic\(|from anthropic import|@anthropic-ai\/sdk/],
  ["openai-sdk", /\bOpenAI\(|from openai import|require\(["']openai["']\)/],
  ["claude-code", /ANTHROPIC_BASE_URL/],
  ["curl", /(?:^|\s|\$ )curl(?:\.exe)?\s/m],
];

/** The slug of the client that a text configures, as far as it shows; null where nothing tells. */
export function guessClient(text: string): string | null {
  return SIGNS.find(([, sign]) => sign.test(text))?.[0] ?? null;
}

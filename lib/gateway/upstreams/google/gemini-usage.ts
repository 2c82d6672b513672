import { isObject } from "@/lib/gateway/dialects/read-fields";
import { NO_TOKENS, type TokenBuckets } from "@/lib/gateway/price-call";
import { MAX_TOKENS } from "@/lib/money";

const COUNTS = [
  "promptTokenCount",
  "candidatesTokenCount",
  "thoughtsTokenCount",
  "toolUsePromptTokenCount",
  "cachedContentTokenCount",
  "totalTokenCount",
] as const;

function count(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

/** Tokens of one modality in a list of `{modality, tokenCount}`. */
function ofModality(details: unknown, modality: string): number {
  let sum = 0;
  for (const entry of Array.isArray(details) ? (details as unknown[]) : []) {
    if (!isObject(entry) || entry.modality !== modality) continue;
    if (typeof entry.tokenCount === "number" && entry.tokenCount > 0) sum += Math.trunc(entry.tokenCount);
  }
  return sum;
}

/**
 * `usageMetadata` as disjoint buckets; null where there is none that can be believed. `promptTokenCount` includes
 * what was cached, results of tools that Google ran come on top of it; `candidatesTokenCount` excludes thoughts.
 * What the total has beyond all of them is thinking that was not named. In a stream each event has the totals so far.
 * Source: Gemini API reference, GenerateContentResponse.UsageMetadata.
 */
export function bucketsFromGemini(value: unknown): TokenBuckets | null {
  if (!isObject(value)) return null;
  for (const name of COUNTS) {
    const given = value[name];
    if (given === undefined || given === null) continue;
    if (typeof given !== "number" || !Number.isInteger(given) || given < 0 || given > MAX_TOKENS) return null;
  }
  if (typeof value.promptTokenCount !== "number" && typeof value.candidatesTokenCount !== "number")
    return null;

  const prompt = count(value.promptTokenCount);
  const toolUse = count(value.toolUsePromptTokenCount);
  const candidates = count(value.candidatesTokenCount);
  const beyond = Math.max(0, count(value.totalTokenCount) - prompt - toolUse - candidates);
  const buckets: TokenBuckets = { ...NO_TOKENS };
  let rest = prompt;
  const take = (wanted: number): number => {
    const taken = Math.min(Math.max(0, wanted), rest);
    rest -= taken;
    return taken;
  };
  const fresh = (modality: string) =>
    ofModality(value.promptTokensDetails, modality) - ofModality(value.cacheTokensDetails, modality);
  buckets.cachedTokens = take(count(value.cachedContentTokenCount));
  buckets.audioInputTokens = take(fresh("AUDIO"));
  buckets.imageTokens = take(fresh("IMAGE"));
  buckets.inputTokens = rest + toolUse;

  const thoughts = count(value.thoughtsTokenCount);
  // Some servers count thoughts among the candidates' tokens; their total then leaves no room for them beside.
  const within = beyond === 0 && typeof value.totalTokenCount === "number" && thoughts <= candidates;
  rest = within ? candidates - thoughts : candidates;
  buckets.audioOutputTokens = take(ofModality(value.candidatesTokensDetails, "AUDIO"));
  buckets.outputTokens = rest;
  buckets.reasoningTokens = Math.max(thoughts, beyond);
  return buckets;
}

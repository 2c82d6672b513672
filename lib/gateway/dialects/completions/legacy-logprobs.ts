import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";

/**
 * A chat's logprobs in the legacy form: parallel lists of tokens, their logprobs, the likeliest others and where each
 * token begins in the text, from `offset` on. Null where there are none. Source: OpenAI API reference, "The completion
 * object", `choices[].logprobs`.
 */
export function legacyLogprobs(logprobs: unknown, offset: number): Json | null {
  const content =
    isObject(logprobs) && Array.isArray(logprobs.content) ? logprobs.content.filter(isObject) : [];
  if (content.length === 0) return null;
  let at = offset;
  const offsets: number[] = [];
  for (const { token } of content) {
    offsets.push(at);
    at += typeof token === "string" ? token.length : 0;
  }
  return {
    tokens: content.map(({ token }) => token),
    token_logprobs: content.map(({ logprob }) => logprob),
    top_logprobs: content.map(({ top_logprobs: others }) =>
      Object.fromEntries(
        (Array.isArray(others) ? others.filter(isObject) : []).map(({ token, logprob }) => [
          String(token),
          logprob,
        ]),
      ),
    ),
    text_offset: offsets,
  };
}

import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { NO_TOKENS, type TokenBuckets } from "@/lib/gateway/price-call";
import { errorBodyFailure, type UpstreamFailure } from "@/lib/gateway/upstream-failure";
import type { Wire } from "@/lib/gateway/upstreams/wire";
import { MAX_TOKENS } from "@/lib/money";
import { EmbeddingsObserver } from "./embeddings-observer";

/** POST .../embeddings as OpenAI defined it. Source: OpenAI API reference, "The embedding object". */
export const EMBEDDINGS_WIRE: Wire = {
  name: "embeddings",
  fromChat: (body) => body,
  readPlain,
  toCompletion: (list) => list,
  openStream: () => {
    throw new Error("embeddings are never streamed");
  },
};

function readPlain(body: Json, text: string): EmbeddingsObserver | UpstreamFailure {
  const { error, data } = body;
  if (error !== undefined && error !== null) return errorBodyFailure(error, text);
  if (!Array.isArray(data)) return { failed: true, kind: "malformed", detail: "200 without data" };
  return new EmbeddingsObserver(data.length, bucketsOf(body.usage));
}

/** Embeddings have input only. Some upstreams name it `prompt_tokens`, some only `total_tokens`. */
function bucketsOf(usage: unknown): TokenBuckets | null {
  if (!isObject(usage)) return null;
  for (const given of [usage.prompt_tokens, usage.input_tokens, usage.total_tokens]) {
    if (typeof given !== "number" || !Number.isInteger(given) || given < 1 || given > MAX_TOKENS) continue;
    return { ...NO_TOKENS, inputTokens: given };
  }
  return null;
}

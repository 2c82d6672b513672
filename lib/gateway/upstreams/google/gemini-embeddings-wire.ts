import type { Json, RewriteTo } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { errorBodyFailure, type UpstreamFailure } from "@/lib/gateway/upstream-failure";
import { EmbeddingsObserver } from "@/lib/gateway/upstreams/embeddings/embeddings-observer";
import type { Wire } from "@/lib/gateway/upstreams/wire";
import { bucketsFromGemini } from "./gemini-usage";
import { googleError } from "./google-error";
import { modelPath } from "./target";

/** Source: Gemini API reference, models.batchEmbedContents. */
const MOST_INPUTS = 100;
const NO_TOKENS =
  "This model takes texts, not lists of tokens. In LangChain for Python set check_embedding_ctx_length to False.";

/** Gemini's embeddings: models.batchEmbedContents, from OpenAI's body for embeddings and back to its list. */
export const GEMINI_EMBEDDINGS_WIRE: Wire = {
  name: "gemini-embeddings",
  fromChat: toBatch,
  readPlain,
  toCompletion: toList,
  openStream: () => {
    throw new Error("embeddings are never streamed");
  },
};

function toBatch(body: Json, to: RewriteTo): Json {
  const inputs = Array.isArray(body.input) ? (body.input as unknown[]) : [];
  const refuse = (message: string): never => {
    throw new GatewayError("unsupported_capability", { message, param: "input" });
  };
  if (inputs.length > MOST_INPUTS) refuse(`This model takes at most ${MOST_INPUTS} texts in one call.`);
  const requests = inputs.map((text) => {
    if (typeof text !== "string") refuse(NO_TOKENS);
    return {
      model: modelPath(to.upstreamId),
      content: { parts: [{ text }] },
      ...(typeof body.dimensions === "number" ? { outputDimensionality: body.dimensions } : {}),
    };
  });
  return { requests };
}

function vectors(body: Json): unknown[] | null {
  const { embeddings } = body;
  if (!Array.isArray(embeddings)) return null;
  const values = (embeddings as unknown[]).map((one) => (isObject(one) ? one.values : null));
  return values.every(Array.isArray) ? values : null;
}

function readPlain(body: Json, text: string): EmbeddingsObserver | UpstreamFailure {
  const error = googleError(body);
  if (error) return errorBodyFailure(error, text);
  const found = vectors(body);
  if (!found) return { failed: true, kind: "malformed", detail: "200 without embeddings" };
  return new EmbeddingsObserver(found.length, bucketsFromGemini(body.usageMetadata));
}

function toList(body: Json): Json {
  const data = (vectors(body) ?? []).map((embedding, index) => ({ object: "embedding", index, embedding }));
  return { object: "list", data };
}

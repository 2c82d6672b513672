import type { ApiRequest, Json, RewriteTo, Settled } from "@/lib/gateway/dialects/api-request";
import { spliceFields } from "@/lib/gateway/dialects/chat/scan-body";
import { COST_MARK } from "@/lib/gateway/dialects/cost-mark";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import type { StreamFace } from "@/lib/gateway/dialects/stream-face";
import { openAiFromBuckets } from "@/lib/gateway/upstreams/openai-usage";
import { encodeVector } from "./encode-vector";
import { type EmbeddingsFields, parseEmbeddings } from "./parse-embeddings";

const NOTHING: Readonly<Record<string, string>> = Object.freeze({});

/**
 * A call to /v1/embeddings. It has no translation into a chat: what stands for a chat completion here, on the way to
 * an upstream that speaks otherwise and back, is OpenAI's own body for embeddings and its list of vectors.
 * Source: OpenAI API reference, "Create embeddings".
 */
export class EmbeddingsRequest implements ApiRequest {
  readonly dialect = "embeddings";
  readonly forward = NOTHING;
  readonly stream = false;
  readonly maxTokens = 0;
  readonly answers = 1;
  readonly images = [];
  readonly hasTools = false;
  readonly structured = false;
  readonly audioInput = false;
  readonly audioOutput = false;
  /** Nothing stands around a text here. */
  readonly messageCount = 0;

  constructor(readonly fields: EmbeddingsFields) {}

  static parse(bytes: Buffer): EmbeddingsRequest {
    return new EmbeddingsRequest(parseEmbeddings(bytes));
  }

  get bytes(): Buffer {
    return this.fields.bytes;
  }

  get scan(): EmbeddingsFields["scan"] {
    return this.fields.scan;
  }

  get model(): string {
    return this.fields.model;
  }

  *inputTexts(): Iterable<string> {
    for (const input of this.fields.inputs) {
      // Tokens have been counted by whoever made them; each of these words is one.
      yield typeof input === "string" ? input : " a".repeat(input.length);
    }
  }

  rewrite(to: RewriteTo): Buffer {
    const { bytes, scan, model } = this.fields;
    const changes = new Map<string, string | null>();
    if (to.upstreamId !== model) changes.set("model", JSON.stringify(to.upstreamId));
    if (scan.fields.has("usage")) changes.set("usage", null);
    return spliceFields(bytes, scan, changes);
  }

  /** OpenAI's body for embeddings; see above. */
  toChat(to: RewriteTo): Json {
    const { inputs, dimensions } = this.fields;
    return { model: to.upstreamId, input: inputs, ...(dimensions === null ? {} : { dimensions }) };
  }

  fromCompletion(list: Json, settled: Settled): Json {
    return this.finish({ ...list, model: this.fields.model }, this.usageOf(settled));
  }

  /** Some upstreams give numbers whatever was asked for; the SDKs then decode nonsense. */
  amend(body: Json, settled: Settled): Json | null {
    const { encoding, includeCost } = this.fields;
    const first: unknown = Array.isArray(body.data) ? body.data[0] : null;
    const given = isObject(first) && typeof first.embedding === "string" ? "base64" : "float";
    if (given === encoding && !includeCost) return null;
    return this.finish(body, isObject(body.usage) ? body.usage : this.usageOf(settled));
  }

  openFace(): StreamFace {
    throw new Error("embeddings are never streamed");
  }

  private finish(list: Json, usage: Json): Json {
    const { encoding, includeCost } = this.fields;
    const data = (Array.isArray(list.data) ? (list.data as unknown[]) : []).map((entry) =>
      isObject(entry) ? { ...entry, embedding: encodeVector(entry.embedding, encoding) } : entry,
    );
    return { ...list, data, usage: includeCost ? { ...usage, cost: COST_MARK } : usage };
  }

  private usageOf(settled: Settled): Json {
    const { prompt_tokens, total_tokens } = openAiFromBuckets(settled.tokens);
    return { prompt_tokens, total_tokens };
  }
}

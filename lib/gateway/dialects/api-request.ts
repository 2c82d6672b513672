import type { CatalogModel } from "@/lib/catalog/types";
import type { BodyScan } from "@/lib/gateway/dialects/chat/scan-body";
import type { StreamFace } from "@/lib/gateway/dialects/stream-face";
import type { TokenBuckets } from "@/lib/gateway/price-call";
import type { UsageCall } from "@/lib/usage/types";

export type Json = Record<string, unknown>;
export type Dialect = UsageCall["dialect"];

export interface RequestImage {
  detail: "low" | "other";
  /** Bytes of its data that were left out of the parsed body (see scan-body). */
  cutBytes: number;
  /** Its data URL, base64 or address, as it stands in the parsed body; absent of pages of a document. */
  data?: string;
}

/** Where a request is sent, as far as its body has to know. */
export interface RewriteTo {
  /** The model's id there. */
  upstreamId: string;
  model: CatalogModel;
  /** The output cap per answer that must be written into the body; null where the caller's own stands. */
  capTokens: number | null;
}

/** What an answer cost, for whoever is told. */
export interface Settled {
  tokens: TokenBuckets;
  chargedNano: bigint;
  finishReason: string | null;
}

/** Takes the events of a stream, in order. */
export interface EventSink {
  /** One SSE event: its data, and its name where the dialect has names. */
  event(data: string, name?: string): void;
}

/**
 * One call in the dialect of its caller, parsed as far as the gateway needs, with everything that the rest of the
 * path must know about that dialect. Where the upstream speaks the same dialect, `rewrite` changes only what must
 * change; elsewhere the call travels through the chat dialect (`toChat`, `fromCompletion`, `StreamFace.chunk`).
 */
export interface ApiRequest {
  readonly dialect: Dialect;
  readonly bytes: Buffer;
  readonly scan: BodyScan;
  readonly model: string;
  readonly stream: boolean;
  /** The caller's output cap per answer. */
  readonly maxTokens: number | null;
  readonly answers: number;
  readonly images: readonly RequestImage[];
  readonly hasTools: boolean;
  /** The param to name where tools are refused, e.g. "tools". */
  readonly structured: boolean;
  readonly audioInput: boolean;
  readonly audioOutput: boolean;
  /** Messages or input items, for the tokens around each. */
  readonly messageCount: number;
  /** Headers of the caller that an upstream of the same dialect must see (anthropic-version, anthropic-beta). */
  readonly forward: Readonly<Record<string, string>>;
  /** The texts that become input tokens. */
  inputTexts(): Iterable<string>;
  /** The body for an upstream that speaks this dialect; every byte that need not change is the caller's. */
  rewrite(to: RewriteTo): Buffer;
  /**
   * The same call as the body of a chat completion, model and output cap set, usage asked for in a stream. Long data
   * is still cut (see scan-body). Throws `unsupported_capability` for what that dialect cannot say.
   */
  toChat(to: RewriteTo): Json;
  /** A whole answer in this dialect, from a chat completion. */
  fromCompletion(completion: Json, settled: Settled): Json;
  /** A whole answer that is in this dialect already, where the caller wants something added; null: as it came. */
  amend(body: Json, settled: Settled): Json | null;
  /** The caller's end of a stream in this dialect. */
  openFace(out: EventSink): StreamFace;
}

import type {
  ApiRequest,
  EventSink,
  Json,
  RequestImage,
  RewriteTo,
  Settled,
} from "@/lib/gateway/dialects/api-request";
import { COST_MARK } from "@/lib/gateway/dialects/cost-mark";
import type { StreamFace } from "@/lib/gateway/dialects/stream-face";
import { openAiFromBuckets } from "@/lib/gateway/upstreams/openai-usage";
import { ChatFace } from "./chat-face";
import { type ChatFields, parseChat } from "./parse-chat";
import { capFieldOf, rewriteChat } from "./rewrite-chat";
import type { BodyScan } from "./scan-body";

const NOTHING: Readonly<Record<string, string>> = Object.freeze({});

/** A call to /v1/chat/completions. Source: OpenAI API reference, "Create chat completion". */
export class ChatRequest implements ApiRequest {
  readonly dialect = "chat";
  readonly forward = NOTHING;
  readonly bytes: Buffer;
  readonly scan: BodyScan;
  readonly model: string;
  readonly stream: boolean;
  readonly maxTokens: number | null;
  readonly answers: number;
  readonly images: readonly RequestImage[];
  readonly hasTools: boolean;
  readonly structured: boolean;
  readonly audioInput: boolean;
  readonly audioOutput: boolean;

  constructor(readonly fields: ChatFields) {
    this.bytes = fields.bytes;
    this.scan = fields.scan;
    this.model = fields.model;
    this.stream = fields.stream;
    this.maxTokens = fields.maxTokens;
    this.answers = fields.answers;
    this.images = fields.images;
    this.hasTools = fields.hasTools;
    this.structured = fields.structured;
    this.audioInput = fields.audioInput;
    this.audioOutput = fields.audioOutput;
  }

  static parse(bytes: Buffer): ChatRequest {
    return new ChatRequest(parseChat(bytes));
  }

  get messageCount(): number {
    return this.fields.messages.length;
  }

  *inputTexts(): Iterable<string> {
    for (const message of this.fields.messages) {
      const { content, name, tool_calls: toolCalls, reasoning_content: reasoning } = message;
      if (typeof name === "string") yield name;
      if (typeof reasoning === "string") yield reasoning;
      if (Array.isArray(toolCalls)) yield JSON.stringify(toolCalls);
      if (typeof content === "string") yield content;
      else if (Array.isArray(content)) for (const part of content) yield* partTexts(part);
    }
    if (this.hasTools) yield JSON.stringify(this.fields.tools);
  }

  rewrite(to: RewriteTo): Buffer {
    return rewriteChat(this.fields, {
      upstreamId: to.upstreamId,
      capTokens: to.capTokens,
      capField: capFieldOf(to.model),
    });
  }

  toChat(to: RewriteTo): Json {
    const { body, capFields, streamOptions } = this.fields;
    const chat: Json = { ...body, model: to.upstreamId };
    delete chat.usage;
    if (this.stream) chat.stream_options = { ...streamOptions, include_usage: true };
    if (to.capTokens !== null) {
      for (const field of capFields.length > 0 ? capFields : [capFieldOf(to.model)])
        chat[field] = to.capTokens;
    }
    return chat;
  }

  fromCompletion(completion: Json, settled: Settled): Json {
    return { ...completion, usage: this.usageOf(settled) };
  }

  amend(body: Json, settled: Settled): Json | null {
    if (!this.fields.includeCost) return null;
    const usage = typeof body.usage === "object" && body.usage !== null ? body.usage : this.usageOf(settled);
    return { ...body, usage: { ...usage, cost: COST_MARK } };
  }

  openFace(out: EventSink): StreamFace {
    return new ChatFace(out, this.fields.includeUsage, this.fields.includeCost);
  }

  private usageOf(settled: Settled): Json {
    const usage = openAiFromBuckets(settled.tokens);
    return this.fields.includeCost ? { ...usage, cost: COST_MARK } : usage;
  }
}

function* partTexts(part: unknown): Generator<string> {
  if (typeof part === "string") yield part;
  if (typeof part !== "object" || part === null) return;
  const { type, text } = part as { type?: unknown; text?: unknown };
  if (type === "image_url") return;
  if (typeof text === "string") yield text;
  else yield JSON.stringify(part);
}

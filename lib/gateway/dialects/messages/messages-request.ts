import type { IncomingHttpHeaders } from "node:http";
import type {
  ApiRequest,
  EventSink,
  Json,
  RequestImage,
  RewriteTo,
  Settled,
} from "@/lib/gateway/dialects/api-request";
import type { BodyScan } from "@/lib/gateway/dialects/chat/scan-body";
import { COST_MARK } from "@/lib/gateway/dialects/cost-mark";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import type { StreamFace } from "@/lib/gateway/dialects/stream-face";
import { anthropicFromBuckets } from "@/lib/gateway/upstreams/anthropic/anthropic-usage";
import { bodyToChat } from "./body-to-chat";
import { inputTexts } from "./input-texts";
import { messageFromCompletion } from "./message-from-completion";
import { MessagesFace } from "./messages-face";
import { type MessagesFields, parseMessages } from "./parse-messages";
import { rewriteMessages } from "./rewrite-messages";

/** A call to /v1/messages. Source: Anthropic API reference, "Messages". */
export class MessagesRequest implements ApiRequest {
  readonly dialect = "messages";
  readonly answers = 1;
  readonly audioInput = false;
  readonly audioOutput = false;
  readonly bytes: Buffer;
  readonly scan: BodyScan;
  readonly model: string;
  readonly stream: boolean;
  readonly maxTokens: number | null;
  readonly images: readonly RequestImage[];
  readonly hasTools: boolean;
  readonly structured: boolean;
  readonly forward: Readonly<Record<string, string>>;

  constructor(readonly fields: MessagesFields) {
    this.bytes = fields.bytes;
    this.scan = fields.scan;
    this.model = fields.model;
    this.stream = fields.stream;
    this.maxTokens = fields.maxTokens;
    this.images = fields.images;
    this.hasTools = fields.hasTools;
    this.structured = fields.structured;
    this.forward = fields.forward;
  }

  static parse(bytes: Buffer, headers: IncomingHttpHeaders): MessagesRequest {
    return new MessagesRequest(parseMessages(bytes, headers));
  }

  get messageCount(): number {
    return this.fields.messages.length + 1;
  }

  inputTexts(): Iterable<string> {
    return inputTexts(this.fields.body);
  }

  rewrite(to: RewriteTo): Buffer {
    return rewriteMessages(this.fields, to);
  }

  toChat(to: RewriteTo): Json {
    return bodyToChat(this.fields, to);
  }

  fromCompletion(completion: Json, settled: Settled): Json {
    return messageFromCompletion(completion, settled, this.fields);
  }

  amend(body: Json, settled: Settled): Json | null {
    if (!this.fields.includeCost) return null;
    const usage = isObject(body.usage) ? body.usage : anthropicFromBuckets(settled.tokens);
    return { ...body, usage: { ...usage, cost: COST_MARK } };
  }

  openFace(out: EventSink): StreamFace {
    return new MessagesFace(out, this.fields);
  }
}

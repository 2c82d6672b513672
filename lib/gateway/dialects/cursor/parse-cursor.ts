import type { ApiRequest, EventSink, Json, RewriteTo, Settled } from "@/lib/gateway/dialects/api-request";
import { ChatFace } from "@/lib/gateway/dialects/chat/chat-face";
import { ChatRequest } from "@/lib/gateway/dialects/chat/chat-request";
import { restoreBlobs, spliceFields } from "@/lib/gateway/dialects/chat/scan-body";
import { COST_MARK } from "@/lib/gateway/dialects/cost-mark";
import { nestTools } from "@/lib/gateway/dialects/cursor/nest-tools";
import { asksForCost, isObject, parseBody } from "@/lib/gateway/dialects/read-fields";
import { ResponsesRequest } from "@/lib/gateway/dialects/responses/responses-request";
import type { StreamFace } from "@/lib/gateway/dialects/stream-face";
import { openAiFromBuckets } from "@/lib/gateway/upstreams/openai-usage";

/**
 * A call from Cursor, which sends one of two things to the same path: a chat completion, or, in agent mode, the body
 * of a Responses call to which it wants the chunks of a chat completion. In Ask mode some tools of a chat completion are
 * written as Responses has them. Source: LiteLLM's and OpenRouter's notes on
 * Cursor, October 2026; the client itself is closed.
 */
export function parseCursor(bytes: Buffer): ApiRequest {
  const { body, scan } = parseBody(bytes);
  if (body.messages === undefined && body.input !== undefined)
    return new CursorRequest(ResponsesRequest.parse(bytes), body);
  const nested = nestTools(body);
  if (nested.size === 0) return ChatRequest.parse(bytes);
  const text = (value: unknown) => restoreBlobs(JSON.stringify(value), bytes, scan).toString();
  const changes = new Map([...nested].map(([name, value]) => [name, text(value)]));
  return ChatRequest.parse(spliceFields(bytes, scan, changes));
}

/** Asked in the words of one dialect and answered in another's. */
class CursorRequest implements ApiRequest {
  readonly dialect = "chat";
  readonly answers = 1;
  readonly audioOutput = false;
  private readonly includeCost: boolean;
  private readonly includeUsage: boolean;

  constructor(
    private readonly asked: ResponsesRequest,
    body: Json,
  ) {
    this.includeCost = asksForCost(body);
    this.includeUsage =
      this.includeCost || (isObject(body.stream_options) && body.stream_options.include_usage === true);
  }

  get bytes() {
    return this.asked.bytes;
  }
  get scan() {
    return this.asked.scan;
  }
  get model() {
    return this.asked.model;
  }
  get stream() {
    return this.asked.stream;
  }
  get maxTokens() {
    return this.asked.maxTokens;
  }
  get images() {
    return this.asked.images;
  }
  get hasTools() {
    return this.asked.hasTools;
  }
  get structured() {
    return this.asked.structured;
  }
  get audioInput() {
    return this.asked.audioInput;
  }
  get messageCount() {
    return this.asked.messageCount;
  }
  get forward() {
    return this.asked.forward;
  }

  inputTexts(): Iterable<string> {
    return this.asked.inputTexts();
  }

  rewrite(to: RewriteTo): Buffer {
    return restoreBlobs(JSON.stringify(this.toChat(to)), this.bytes, this.scan);
  }

  toChat(to: RewriteTo): Json {
    return this.asked.toChat(to);
  }

  fromCompletion(completion: Json, settled: Settled): Json {
    const usage = openAiFromBuckets(settled.tokens);
    return { ...completion, usage: this.includeCost ? { ...usage, cost: COST_MARK } : usage };
  }

  amend(body: Json, settled: Settled): Json | null {
    return this.includeCost ? this.fromCompletion(body, settled) : null;
  }

  openFace(out: EventSink): StreamFace {
    return new ChatFace(out, this.includeUsage, this.includeCost);
  }
}

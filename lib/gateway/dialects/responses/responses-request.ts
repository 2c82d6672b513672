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
import { responsesFromBuckets } from "@/lib/gateway/upstreams/responses/responses-usage";
import { AnswerItems } from "./answer-items";
import { SILENT } from "./event-writer";
import { itemTexts } from "./item-texts";
import { parseResponses, type ResponsesFields } from "./parse-responses";
import { beginResponse, endingOf, endResponse } from "./response-object";
import { ResponsesFace } from "./responses-face";
import { chatTools, responsesToChat } from "./responses-to-chat";
import { rewriteResponses } from "./rewrite-responses";
import type { ChatTools } from "./tools-to-chat";

const NOTHING: Readonly<Record<string, string>> = Object.freeze({});

/** A call to /v1/responses, without state. Source: OpenAI API reference, "Create a model response". */
export class ResponsesRequest implements ApiRequest {
  readonly dialect = "responses";
  readonly forward = NOTHING;
  readonly answers = 1;
  readonly audioOutput = false;
  readonly bytes: Buffer;
  readonly scan: BodyScan;
  readonly model: string;
  readonly stream: boolean;
  readonly maxTokens: number | null;
  readonly images: readonly RequestImage[];
  readonly hasTools: boolean;
  readonly structured: boolean;
  readonly audioInput: boolean;
  private translated: ChatTools | null = null;

  constructor(readonly fields: ResponsesFields) {
    this.bytes = fields.bytes;
    this.scan = fields.scan;
    this.model = fields.model;
    this.stream = fields.stream;
    this.maxTokens = fields.maxTokens;
    this.images = fields.images;
    this.hasTools = fields.hasTools;
    this.structured = fields.structured;
    this.audioInput = fields.audioInput;
  }

  static parse(bytes: Buffer): ResponsesRequest {
    return new ResponsesRequest(parseResponses(bytes));
  }

  get messageCount(): number {
    return this.fields.items.length + (this.fields.instructions === null ? 0 : 1);
  }

  *inputTexts(): Iterable<string> {
    const { instructions, items, tools, body } = this.fields;
    if (instructions !== null) yield instructions;
    for (const item of items) yield* itemTexts(item);
    if (tools.length > 0) yield JSON.stringify(tools);
    if (isObject(body.text) && isObject(body.text.format)) yield JSON.stringify(body.text.format);
  }

  rewrite(to: RewriteTo): Buffer {
    return rewriteResponses(this.fields, to);
  }

  toChat(to: RewriteTo): Json {
    return responsesToChat(this.fields, this.chatTools, to);
  }

  fromCompletion(completion: Json, settled: Settled): Json {
    const choice: unknown = Array.isArray(completion.choices) ? completion.choices[0] : null;
    const answer = new AnswerItems(SILENT, this.chatTools.names);
    let reason: string | null = null;
    if (isObject(choice)) {
      if (isObject(choice.message)) answer.add(choice.message, choice.logprobs);
      if (typeof choice.finish_reason === "string") reason = choice.finish_reason;
    }
    const ending = endingOf(reason);
    answer.end(ending === "completed" ? "completed" : "incomplete");
    return endResponse(beginResponse(this.fields), answer.output, ending, settled, this.fields.includeCost);
  }

  amend(body: Json, settled: Settled): Json | null {
    const usage = isObject(body.usage) ? body.usage : null;
    if (usage !== null && !this.fields.includeCost) return null;
    const shown = usage ?? responsesFromBuckets(settled.tokens);
    return { ...body, usage: this.fields.includeCost ? { ...shown, cost: COST_MARK } : shown };
  }

  openFace(out: EventSink): StreamFace {
    return new ResponsesFace(out, this.fields, this.chatTools.names);
  }

  private get chatTools(): ChatTools {
    this.translated ??= chatTools(this.fields);
    return this.translated;
  }
}

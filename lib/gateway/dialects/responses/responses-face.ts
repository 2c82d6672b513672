import type { EventSink, Json, Settled } from "@/lib/gateway/dialects/api-request";
import { COST_MARK, jsonWithCost } from "@/lib/gateway/dialects/cost-mark";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import type { StreamFace } from "@/lib/gateway/dialects/stream-face";
import type { AnswerObserver } from "@/lib/gateway/upstreams/answer-observer";
import { responsesFromBuckets } from "@/lib/gateway/upstreams/responses/responses-usage";
import { AnswerItems } from "./answer-items";
import { NumberedWriter } from "./event-writer";
import { NativeItems } from "./native-items";
import type { ResponsesFields } from "./parse-responses";
import { beginResponse, type Ending, endingOf, endResponse } from "./response-object";
import type { ToolNames } from "./tool-names";

const TERMINAL = new Set(["response.completed", "response.incomplete", "response.failed"]);

/**
 * A stream of the Responses API: made from chunks of a chat completion with every event that OpenAI sends, in its
 * order, or passed on as it came with its end kept back. No `[DONE]` follows: this API's streams end with their
 * terminal event. Source: OpenAI API reference, "Streaming events".
 */
export class ResponsesFace implements StreamFace {
  readonly heartbeat = ": keep-alive\n\n";
  private readonly writer: NumberedWriter;
  private readonly made: AnswerItems;
  private readonly passed = new NativeItems();
  /** The response as it began; null before anything of it was sent. */
  private begun: Json | null = null;
  /** The upstream's own end of a passed stream. */
  private end: { type: string; event: Json } | null = null;

  constructor(
    private readonly out: EventSink,
    private readonly fields: ResponsesFields,
    names: ToolNames,
  ) {
    this.writer = new NumberedWriter(out);
    this.made = new AnswerItems(this.writer, names);
  }

  native(data: string, event: Json, name: string | null): void {
    const type = typeof event.type === "string" ? event.type : (name ?? "");
    if (TERMINAL.has(type)) {
      this.end = { type, event };
      return;
    }
    this.writer.follow(event);
    this.passed.follow(event);
    if (this.begun === null && isObject(event.response)) this.begun = event.response;
    this.out.event(data.includes("\n") ? JSON.stringify(event) : data, type || undefined);
  }

  chunk(chunk: Json): void {
    this.begin();
    if (!Array.isArray(chunk.choices)) return;
    for (const choice of chunk.choices as unknown[]) {
      if (!isObject(choice) || (choice.index ?? 0) !== 0) continue;
      if (isObject(choice.delta)) this.made.add(choice.delta, choice.logprobs);
    }
  }

  complete(settled: Settled, observer: AnswerObserver): void {
    if (this.end) this.passEnd(this.end, settled);
    else this.finish(endingOf(observer.finishReason), settled);
  }

  cut(settled: Settled): void {
    this.finish("max_output_tokens", settled);
  }

  /** What is open stays open, as with OpenAI: a client must not take a broken answer for a whole one. */
  fail(errorBody: string): void {
    const begun = this.begin();
    const response = { ...begun, status: "failed", error: readError(errorBody), output: this.output };
    this.writer.write("response.failed", { response });
  }

  private begin(): Json {
    if (this.begun === null) {
      this.begun = beginResponse(this.fields);
      this.writer.write("response.created", { response: this.begun });
      this.writer.write("response.in_progress", { response: this.begun });
    }
    return this.begun;
  }

  private get output(): Json[] {
    return this.passed.any ? this.passed.output : this.made.output;
  }

  private finish(ending: Ending, settled: Settled): void {
    const begun = this.begin();
    const status = ending === "completed" ? "completed" : "incomplete";
    if (this.passed.any) this.passed.end(this.writer, status);
    else this.made.end(status);
    const response = endResponse(begun, this.output, ending, settled, this.fields.includeCost);
    const type = ending === "completed" ? "response.completed" : "response.incomplete";
    this.writer.send(type, { response }, (event) => jsonWithCost(event, settled.chargedNano));
  }

  /** The upstream's terminal event, with the usage filled in where it has none and the cost where it is wanted. */
  private passEnd({ type, event }: { type: string; event: Json }, settled: Settled): void {
    const { includeCost } = this.fields;
    const { response } = event;
    if (isObject(response)) {
      const usage = isObject(response.usage) ? response.usage : responsesFromBuckets(settled.tokens);
      const passed = {
        ...event,
        response: { ...response, usage: includeCost ? { ...usage, cost: COST_MARK } : usage },
      };
      this.out.event(jsonWithCost(passed, settled.chargedNano), type);
      return;
    }
    this.out.event(JSON.stringify(event), type);
  }
}

/** The error of a rendered body: code and message, and beside them what it says more, such as the request id. */
function readError(errorBody: string): Json {
  const read: unknown = JSON.parse(errorBody);
  return { code: "server_error", message: "", ...(isObject(read) && isObject(read.error) ? read.error : {}) };
}

import type { ApiRequest, EventSink, Json, RewriteTo, Settled } from "@/lib/gateway/dialects/api-request";
import { capFieldOf } from "@/lib/gateway/dialects/chat/rewrite-chat";
import { spliceFields } from "@/lib/gateway/dialects/chat/scan-body";
import { COST_MARK } from "@/lib/gateway/dialects/cost-mark";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import type { StreamFace } from "@/lib/gateway/dialects/stream-face";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { openAiFromBuckets } from "@/lib/gateway/upstreams/openai-usage";
import { CompletionsFace } from "./completions-face";
import { legacyLogprobs } from "./legacy-logprobs";
import { type CompletionsFields, parseCompletions } from "./parse-completions";

const NOTHING: Readonly<Record<string, string>> = Object.freeze({});
/** What a chat completion calls by the same name. */
const SHARED = [
  "temperature",
  "top_p",
  "n",
  "stop",
  "seed",
  "presence_penalty",
  "frequency_penalty",
  "logit_bias",
  "user",
  "stream",
] as const;

/** A call to /v1/completions, the API before chat. Source: OpenAI API reference, "Create completion". */
export class CompletionsRequest implements ApiRequest {
  readonly dialect = "completions";
  readonly forward = NOTHING;
  readonly images = [];
  readonly hasTools = false;
  readonly structured = false;
  readonly audioInput = false;
  readonly audioOutput = false;
  readonly bytes: Buffer;
  readonly scan: CompletionsFields["scan"];
  readonly model: string;
  readonly stream: boolean;
  readonly maxTokens: number;
  readonly answers: number;
  readonly messageCount: number;

  constructor(readonly fields: CompletionsFields) {
    this.bytes = fields.bytes;
    this.scan = fields.scan;
    this.model = fields.model;
    this.stream = fields.stream;
    this.maxTokens = fields.maxTokens;
    this.answers = fields.prompts.length * fields.n;
    this.messageCount = fields.prompts.length;
  }

  static parse(bytes: Buffer): CompletionsRequest {
    return new CompletionsRequest(parseCompletions(bytes));
  }

  *inputTexts(): Iterable<string> {
    for (const prompt of this.fields.prompts) {
      // Tokens have been counted by whoever made them; each of these words is one.
      yield typeof prompt === "string" ? prompt : " a".repeat(prompt.length);
    }
    if (this.fields.suffix !== "") yield this.fields.suffix;
  }

  /** The cap is always written: what comes of leaving it out differs from server to server. */
  rewrite(to: RewriteTo): Buffer {
    const { body, model, maxTokens, streamOptions } = this.fields;
    const changes = new Map<string, string | null>();
    if (to.upstreamId !== model) changes.set("model", JSON.stringify(to.upstreamId));
    if (this.scan.fields.has("usage")) changes.set("usage", null);
    if (this.stream && streamOptions?.include_usage !== true) {
      changes.set("stream_options", JSON.stringify({ ...streamOptions, include_usage: true }));
    }
    const cap = to.capTokens ?? maxTokens;
    if (body.max_tokens !== cap) changes.set("max_tokens", String(cap));
    return spliceFields(this.bytes, this.scan, changes);
  }

  toChat(to: RewriteTo): Json {
    const { body, prompts, suffix, echo, logprobs, streamOptions, maxTokens } = this.fields;
    const [prompt] = prompts;
    if (prompts.length > 1) refuse("only one prompt at a time", "prompt");
    if (typeof prompt !== "string") refuse("a prompt as text, not as tokens", "prompt");
    if (suffix !== "") refuse("no suffix", "suffix");
    if (echo) refuse("no echo", "echo");
    const chat: Json = { model: to.upstreamId, messages: [{ role: "user", content: prompt }] };
    for (const name of SHARED) if (body[name] !== undefined && body[name] !== null) chat[name] = body[name];
    if (logprobs !== null) chat.logprobs = true;
    if (logprobs) chat.top_logprobs = logprobs;
    chat[capFieldOf(to.model)] = to.capTokens ?? maxTokens;
    if (this.stream) chat.stream_options = { ...streamOptions, include_usage: true };
    return chat;
  }

  fromCompletion(completion: Json, settled: Settled): Json {
    const choices = Array.isArray(completion.choices) ? (completion.choices as unknown[]) : [];
    return {
      id: completion.id,
      object: "text_completion",
      created: completion.created,
      model: completion.model,
      choices: choices.filter(isObject).map((choice, at) => {
        const message = isObject(choice.message) ? choice.message : {};
        return {
          text: textOf(message.content),
          index: choice.index ?? at,
          logprobs: legacyLogprobs(choice.logprobs, 0),
          finish_reason: choice.finish_reason ?? "stop",
        };
      }),
      usage: this.usageOf(settled),
    };
  }

  amend(body: Json, settled: Settled): Json | null {
    if (!this.fields.includeCost) return null;
    const usage = isObject(body.usage) ? body.usage : this.usageOf(settled);
    return { ...body, usage: { ...usage, cost: COST_MARK } };
  }

  openFace(out: EventSink): StreamFace {
    return new CompletionsFace(out, this.fields.includeUsage, this.fields.includeCost);
  }

  private usageOf(settled: Settled): Json {
    const usage = openAiFromBuckets(settled.tokens);
    return this.fields.includeCost ? { ...usage, cost: COST_MARK } : usage;
  }
}

function refuse(what: string, param: string): never {
  throw new GatewayError("unsupported_capability", {
    message: `This model speaks chat and takes ${what} on /v1/completions. Use /v1/chat/completions.`,
    param,
  });
}

/** The text of a chat message's content. */
function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return (content as unknown[])
    .map((part) => (isObject(part) && typeof part.text === "string" ? part.text : ""))
    .join("");
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { type GeminiBody, type GeminiPart, whyRefused } from "./gemini-checks";

/** The key that the fake takes. */
export const GEMINI_KEY = "AIzaSyFakeFakeFakeFakeFakeFakeFakeFake";
export const GEMINI_WORDS = ["Grüezi", " from", " the", " scripted", " Gemini"];
/** What every answer of the ordinary kind uses. */
export const GEMINI_PROMPT_TOKENS = 20;
const THOUGHT_TOKENS = 7;

export interface GeminiScripted {
  body: GeminiBody;
  model: string;
  stream: boolean;
  req: IncomingMessage;
  res: ServerResponse;
}

const frame = (model: string) => ({ modelVersion: model, responseId: "resp-fake" });

function event(
  scripted: GeminiScripted,
  parts: GeminiPart[],
  more: object = {},
  candidate: object = {},
): object {
  return {
    candidates: [{ content: { parts, role: "model" }, index: 0, ...candidate }],
    ...more,
    ...frame(scripted.model),
  };
}

/** The running totals, as they stand in every event. */
function usage(output: number, thoughts: number, cached = 0): object {
  return {
    usageMetadata: {
      promptTokenCount: GEMINI_PROMPT_TOKENS,
      ...(output > 0 ? { candidatesTokenCount: output } : {}),
      ...(thoughts > 0 ? { thoughtsTokenCount: thoughts } : {}),
      ...(cached > 0 ? { cachedContentTokenCount: cached } : {}),
      totalTokenCount: GEMINI_PROMPT_TOKENS + output + thoughts,
      promptTokensDetails: [{ modality: "TEXT", tokenCount: GEMINI_PROMPT_TOKENS }],
    },
  };
}

/** Sends the events as a stream, or the last of them with all parts as one answer. */
function send(scripted: GeminiScripted, events: object[]): void {
  const { res, stream } = scripted;
  if (stream) {
    res.writeHead(200, { "content-type": "text/event-stream" });
    for (const one of events) res.write(`data: ${JSON.stringify(one)}\r\n\r\n`);
    res.end();
    return;
  }
  type Answer = { candidates?: { content: { parts: GeminiPart[] } }[] };
  const parts = events.flatMap((one) => (one as Answer).candidates?.[0]?.content.parts ?? []);
  const last = structuredClone(events.at(-1)) as Answer;
  if (last.candidates?.[0]) last.candidates[0].content.parts = parts;
  json(res, 200, last);
}

function json(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { "content-type": "application/json; charset=UTF-8" });
  res.end(JSON.stringify(body));
}

function refuse(
  res: ServerResponse,
  code: number,
  status: string,
  message: string,
  details: object[] = [],
): void {
  json(res, code, { error: { code, message, status, details } });
}

const STOP = { finishReason: "STOP" };

/** Thinks where it is asked to show it, calls the first tool until it has its result, and answers in words. */
function answerWell(scripted: GeminiScripted): void {
  const { body } = scripted;
  const thinks = body.generationConfig?.thinkingConfig?.includeThoughts === true;
  const thoughts = thinks ? THOUGHT_TOKENS : 0;
  const events: object[] = [];
  if (thinks) {
    const part = { text: "**Thinking** about it.", thought: true } as GeminiPart;
    events.push(event(scripted, [part], usage(0, thoughts)));
  }
  const results = body.contents.at(-1)?.parts.filter((part) => part.functionResponse) ?? [];
  const declared = body.tools?.[0]?.functionDeclarations ?? [];
  const called = body.toolConfig?.functionCallingConfig.mode === "NONE" || results.length > 0 ? [] : declared;
  if (called.length > 0) {
    const parts = called.slice(0, 2).map(
      ({ name }, at): GeminiPart => ({
        functionCall: { name, args: { city: at === 0 ? "Bern" : "Basel" } },
        ...(at === 0 ? { thoughtSignature: "c2lnbmF0dXJl" } : {}),
      }),
    );
    events.push(event(scripted, parts, usage(12, thoughts), STOP));
    send(scripted, events);
    return;
  }
  for (const [at, text] of wordsFor(body, results).entries()) {
    events.push(event(scripted, [{ text }], usage(at + 1, thoughts)));
  }
  const words = events.length - (thinks ? 1 : 0);
  events.push(event(scripted, [{ text: "", thoughtSignature: "dGV4dA==" }], usage(words, thoughts), STOP));
  send(scripted, events);
}

function wordsFor(body: GeminiBody, results: GeminiPart[]): readonly string[] {
  if (results.length > 0) {
    return results.map(
      (part) => `${part.functionResponse?.name}: ${part.functionResponse?.response.output}. `,
    );
  }
  if (body.generationConfig?.responseMimeType === "application/json") return ['{"city":', '"Bern"}'];
  const images = body.contents
    .flatMap(({ parts }) => parts)
    .flatMap((part) => part.inlineData ?? part.fileData ?? []);
  if (images.length > 0)
    return [`${images.length} images: `, images.map((image) => image.mimeType).join(", ")];
  return GEMINI_WORDS;
}

/** Other ways of behaving, by what the model id says. */
const SCRIPTS: Record<string, (scripted: GeminiScripted) => void | Promise<void>> = {
  blocked: (scripted) =>
    send(scripted, [
      { promptFeedback: { blockReason: "PROHIBITED_CONTENT" }, ...usage(0, 0), ...frame(scripted.model) },
    ]),
  safety: (scripted) =>
    send(scripted, [
      event(scripted, [{ text: "Well" }], usage(1, 0)),
      event(scripted, [], usage(1, 0), { finishReason: "SAFETY" }),
    ]),
  broken: (scripted) =>
    send(scripted, [event(scripted, [], usage(0, 5), { finishReason: "MALFORMED_FUNCTION_CALL" })]),
  capped: (scripted) =>
    send(scripted, [event(scripted, [{ text: "Cut" }], usage(1, 0), { finishReason: "MAX_TOKENS" })]),
  cached: (scripted) => send(scripted, [event(scripted, [{ text: "Hi" }], usage(2, 0, 15), STOP)]),
  quota: ({ res }) =>
    refuse(res, 429, "RESOURCE_EXHAUSTED", "You exceeded your current quota, please check your plan.", [
      { "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "30s" },
    ]),
  breaking: (scripted) => {
    const { res } = scripted;
    res.writeHead(200, { "content-type": "text/event-stream" });
    res.write(`data: ${JSON.stringify(event(scripted, [{ text: "Half" }], usage(1, 0)))}\r\n\r\n`);
    const error = { code: 503, message: "The model is overloaded.", status: "UNAVAILABLE" };
    res.end(`data: ${JSON.stringify({ error })}\r\n\r\n`);
  },
  early: (scripted) => {
    const { res } = scripted;
    res.writeHead(200, { "content-type": "text/event-stream" });
    res.end(`data: ${JSON.stringify(event(scripted, [{ text: "Half" }], usage(1, 0)))}\r\n\r\n`);
  },
  /** As older models and some proxies do: every event says that it is the last. */
  stops: (scripted) =>
    send(scripted, [
      event(scripted, [], usage(0, 0), STOP),
      event(scripted, [{ text: "One" }], usage(1, 0), STOP),
      event(scripted, [{ text: " and two" }], usage(2, 0), STOP),
    ]),
  /** A word every few milliseconds, for as long as somebody listens. */
  slow: async (scripted) => {
    const { req, res } = scripted;
    res.writeHead(200, { "content-type": "text/event-stream" });
    for (let at = 1; at <= 400 && !req.socket.destroyed; at++) {
      res.write(
        `data: ${JSON.stringify(event(scripted, [{ text: ` word${at}` }], usage(2 * at, 0)))}\r\n\r\n`,
      );
      await pause(5);
    }
    res.end();
  },
  /** As proxies do that drop `alt=sse`: the events in one JSON list. */
  list: (scripted) => {
    const events = [
      event(scripted, [{ text: "One" }], usage(1, 0)),
      event(scripted, [{ text: " list" }], usage(2, 0), STOP),
    ];
    if (!scripted.stream) return send(scripted, events);
    scripted.res.writeHead(200, { "content-type": "application/json; charset=UTF-8" });
    scripted.res.end(JSON.stringify(events));
  },
};

/** Google's Gemini API, scripted: strict about what it is sent, and behaving as the model id says. */
export class FakeGemini {
  readonly seen: {
    model: string;
    action: string;
    headers: IncomingMessage["headers"];
    url: string;
    body: GeminiBody;
  }[] = [];
  private server: Server | null = null;
  url = "";

  async start(): Promise<this> {
    this.server = createServer((req, res) => void this.handle(req, res));
    await new Promise<void>((resolve) => this.server?.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  private async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const piece of req) chunks.push(piece as Buffer);
    const url = new URL(req.url ?? "/", this.url);
    const [, model = "", action = ""] = /^\/v1beta\/models\/([^/:]+):(\w+)$/.exec(url.pathname) ?? [];
    if (req.headers["x-goog-api-key"] !== GEMINI_KEY || url.searchParams.has("key")) {
      const details = [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "API_KEY_INVALID" }];
      return refuse(res, 400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", details);
    }
    const body = JSON.parse(Buffer.concat(chunks).toString("utf8")) as GeminiBody;
    this.seen.push({ model, action, headers: req.headers, url: url.pathname + url.search, body });
    if (action === "batchEmbedContents") return embed(body, model, res);
    const stream = action === "streamGenerateContent" && url.searchParams.get("alt") === "sse";
    if (!stream && action !== "generateContent")
      return refuse(res, 404, "NOT_FOUND", `no ${action} of ${model}`);
    const why = whyRefused(body, model);
    if (why) return refuse(res, 400, "INVALID_ARGUMENT", why);
    const script = SCRIPTS[model.split("-").at(-1) ?? ""] ?? answerWell;
    await script({ body, model, stream, req, res });
  }
}

/** A vector of two numbers that fit a 32-bit float: the length of the text, and its place. */
function embed(body: object, model: string, res: ServerResponse): void {
  type Wanted = { model: string; content: { parts: { text: string }[] }; outputDimensionality?: number };
  const { requests } = body as { requests: Wanted[] };
  if (requests.some((one) => one.model !== `models/${model}`)) {
    refuse(res, 400, "INVALID_ARGUMENT", "model must match the model of the batch");
    return;
  }
  json(res, 200, {
    embeddings: requests.map((one, at) => ({
      values: [one.content.parts[0]?.text.length ?? 0, at / 4].slice(0, one.outputDimensionality ?? 2),
    })),
  });
}

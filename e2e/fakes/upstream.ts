import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";

/** What a script is given: the request as it came, and ways to answer. */
export interface Scripted {
  body: ChatBody;
  req: IncomingMessage;
  res: ServerResponse;
  /** How often this script was called before. */
  turn: number;
}

export interface ChatBody {
  model: string;
  stream?: boolean;
  stream_options?: { include_usage?: boolean };
  max_tokens?: number;
  messages: { role: string; content: unknown }[];
  [field: string]: unknown;
}

export type Script = (scripted: Scripted) => void | Promise<void>;

export const WORDS = ["Hello", " from", " the", " scripted", " upstream"];
export const USAGE = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };

const frame = { id: "chatcmpl-fake", created: 1_700_000_000, model: "fake-2026" };

export function chunk(delta: object, finish: string | null = null, more: object = {}): string {
  return event({
    ...frame,
    object: "chat.completion.chunk",
    choices: [{ index: 0, delta, finish_reason: finish }],
    ...more,
  });
}

export function event(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

export function completion(content: string | null, more: object = {}, usage: object | null = USAGE): string {
  return JSON.stringify({
    ...frame,
    object: "chat.completion",
    choices: [{ index: 0, message: { role: "assistant", content, ...more }, finish_reason: "stop" }],
    ...(usage ? { usage } : {}),
  });
}

export function json(
  res: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): void {
  res.writeHead(status, {
    "content-type": "application/json",
    "x-upstream-secret": "never to be seen",
    ...headers,
  });
  res.end(body);
}

export function openStream(res: ServerResponse): void {
  res.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "set-cookie": "upstream=1" });
}

/** The ordinary answer, plain or streamed, with usage as OpenAI gives it. */
export async function answerWell({ body, res }: Scripted, words: readonly string[] = WORDS): Promise<void> {
  const usage = { ...USAGE, completion_tokens: words.length, total_tokens: 10 + words.length };
  if (!body.stream) return json(res, 200, completion(words.join(""), {}, usage));
  openStream(res);
  res.write(chunk({ role: "assistant", content: "" }));
  for (const word of words) res.write(chunk({ content: word }));
  res.write(chunk({}, "stop"));
  if (body.stream_options?.include_usage)
    res.write(event({ ...frame, object: "chat.completion.chunk", choices: [], usage }));
  res.end("data: [DONE]\n\n");
}

function beginStream(res: ServerResponse): void {
  openStream(res);
  res.write(chunk({ role: "assistant", content: "" }));
  res.write(chunk({ content: "Hello" }));
}

const error = (message: string, more: object = {}) =>
  JSON.stringify({ error: { message, type: "fake_error", ...more } });

/** Every way of behaving, by the model id that asks for it. `status-NNN` is made on demand. */
export const SCRIPTS: Record<string, Script> = {
  ok: (scripted) => answerWell(scripted),
  "hang-before": () => undefined,
  "hang-after": ({ body, res }) => {
    if (body.stream) beginStream(res);
    else {
      res.writeHead(200, { "content-type": "application/json" });
      res.write('{"id":');
    }
  },
  "headers-only": ({ res }) => {
    openStream(res);
    res.flushHeaders();
  },
  "reset-before": ({ req }) => {
    req.socket.destroy();
  },
  "reset-after": async ({ body, req, res }) => {
    if (body.stream) beginStream(res);
    else res.writeHead(200, { "content-type": "application/json", "content-length": "500" }).write('{"id":');
    await pause(20);
    req.socket.destroy();
  },
  malformed: async ({ body, res }) => {
    if (!body.stream) return json(res, 200, "<html>not JSON</html>");
    beginStream(res);
    await pause(10);
    res.write("data: {not json}\n\n");
  },
  "malformed-first": ({ res }) => {
    openStream(res);
    res.end("data: {not json}\n\n");
  },
  "early-end": ({ body, res }) => {
    if (!body.stream) return json(res, 200, '{"id":"x","choices":[{"mess');
    beginStream(res);
    res.end();
  },
  "error-event": async ({ body, res }) => {
    if (!body.stream) return json(res, 200, error("overloaded", { code: 503 }));
    beginStream(res);
    await pause(10);
    res.write(`data: ${error("it broke at https://secret.example/?key=sk-upstreamsecret1")}\n\n`);
  },
  "error-first": ({ body, res }) => {
    if (!body.stream) return json(res, 200, error("overloaded"));
    openStream(res);
    res.end(`data: ${error("overloaded")}\n\n`);
  },
  "error-body": ({ res }) => json(res, 200, error("your key sk-upstreamsecret1 has no quota", { code: 429 })),
  "no-usage": ({ body, res }) => {
    if (!body.stream) return json(res, 200, completion(WORDS.join(""), {}, null));
    openStream(res);
    for (const word of WORDS) res.write(chunk({ content: word }));
    res.write(chunk({}, "stop"));
    res.end("data: [DONE]\n\n");
  },
  "double-usage": ({ body, res }) => {
    if (!body.stream) return json(res, 200, completion(WORDS.join("")));
    openStream(res);
    for (const word of WORDS) res.write(chunk({ content: word }));
    res.write(chunk({}, "stop"));
    res.write(event({ ...frame, choices: [], usage: { prompt_tokens: 10, completion_tokens: 1 } }));
    res.write(event({ ...frame, choices: [], usage: USAGE }));
    res.end("data: [DONE]\n\n");
  },
  "usage-in-every-chunk": ({ body, res }) => {
    if (!body.stream) return json(res, 200, completion(WORDS.join("")));
    openStream(res);
    WORDS.forEach((word, at) => {
      res.write(chunk({ content: word }, null, { usage: { prompt_tokens: 10, completion_tokens: at + 1 } }));
    });
    res.write(chunk({}, "stop", { usage: USAGE }));
    res.end("data: [DONE]\n\n");
  },
  "no-done": ({ body, res }) => {
    if (!body.stream) return json(res, 200, completion(WORDS.join("")));
    openStream(res);
    for (const word of WORDS) res.write(chunk({ content: word }));
    res.write(chunk({}, "stop", { usage: USAGE }));
    res.end();
  },
  "giant-line": ({ body, res }) => {
    if (!body.stream) return json(res, 200, completion("x".repeat(2_000_000)));
    beginStream(res);
    res.write(chunk({ content: "x".repeat(2_000_000) }));
  },
  gzip: (scripted) => {
    const { body, res } = scripted;
    const text = body.stream
      ? WORDS.map((word) => chunk({ content: word })).join("") +
        chunk({}, "stop") +
        event({ ...frame, choices: [], usage: USAGE }) +
        "data: [DONE]\n\n"
      : completion(WORDS.join(""));
    res.writeHead(200, {
      "content-type": body.stream ? "text/event-stream" : "application/json",
      "content-encoding": "gzip",
    });
    res.end(gzipSync(text));
  },
  crlf: ({ res }) => {
    openStream(res);
    const text = WORDS.map((word) => chunk({ content: word })).join("") + chunk({}, "stop", { usage: USAGE });
    res.end(`: comment\r\n\r\n${text.replaceAll("\n", "\r\n")}data: [DONE]\r\n\r\n`);
  },
  "slow-drip": async ({ res, req }) => {
    openStream(res);
    for (let i = 0; i < 400 && !req.socket.destroyed; i++) {
      res.write(chunk({ content: ` word${i}` }));
      await pause(20);
    }
    if (req.socket.destroyed) return;
    res.write(chunk({}, "stop"));
    res.end("data: [DONE]\n\n");
  },
  /** Byte by byte. */
  split: async (scripted) => {
    const { body, res } = scripted;
    const text = body.stream
      ? WORDS.map((word) => chunk({ content: word })).join("") +
        chunk({}, "stop", { usage: USAGE }) +
        "data: [DONE]\n\n"
      : completion(WORDS.join(""));
    res.writeHead(200, { "content-type": body.stream ? "text/event-stream" : "application/json" });
    for (const byte of Buffer.from(text)) {
      res.write(Buffer.from([byte]));
      if (byte === 0x0a) await pause(1);
    }
    res.end();
  },
  empty: ({ body, res }) => {
    const usage = { prompt_tokens: 10, completion_tokens: 0, total_tokens: 10 };
    if (!body.stream) return json(res, 200, completion("", {}, usage));
    openStream(res);
    res.write(chunk({ role: "assistant", content: "" }));
    res.write(chunk({}, "stop"));
    res.write(event({ ...frame, choices: [], usage }));
    res.end("data: [DONE]\n\n");
  },
  "zero-usage": ({ res }) =>
    json(
      res,
      200,
      completion(WORDS.join(""), {}, { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }),
    ),
  "absurd-usage": ({ res }) =>
    json(res, 200, completion(WORDS.join(""), {}, { prompt_tokens: 2_367_361, completion_tokens: 0 })),
  "plain-for-stream": ({ res }) => json(res, 200, completion(WORDS.join(""))),
  flaky: (scripted) =>
    scripted.turn % 2 === 0 ? json(scripted.res, 500, error("once")) : answerWell(scripted),
  tools: ({ body, res }) => {
    const call = {
      id: "call_1",
      type: "function",
      function: { name: "look_up", arguments: '{"city":"Bern"}' },
    };
    if (!body.stream) return json(res, 200, completion(null, { tool_calls: [call] }));
    openStream(res);
    res.write(
      chunk({
        role: "assistant",
        tool_calls: [{ index: 0, ...call, function: { name: "look_up", arguments: "" } }],
      }),
    );
    res.write(chunk({ tool_calls: [{ index: 0, function: { arguments: '{"city":' } }] }));
    res.write(chunk({ tool_calls: [{ index: 0, function: { arguments: '"Bern"}' } }] }));
    res.write(chunk({}, "tool_calls"));
    res.write(event({ ...frame, choices: [], usage: USAGE }));
    res.end("data: [DONE]\n\n");
  },
  /** As many words as the last message says; one token each. Knows no cap. */
  "endless-words": async ({ body, res, req }) => {
    const wanted = Number(/\d+/.exec(String(body.messages.at(-1)?.content))?.[0] ?? 100);
    const words = Array.from({ length: wanted }, () => " word");
    if (!body.stream) {
      const usage = { prompt_tokens: 10, completion_tokens: wanted };
      return json(res, 200, completion(words.join(""), {}, usage));
    }
    openStream(res);
    for (let at = 0; at < wanted && !req.socket.destroyed; at += 50) {
      res.write(
        words
          .slice(at, at + 50)
          .map((word) => chunk({ content: word }))
          .join(""),
      );
      await pause(1);
    }
    res.write(chunk({}, "stop"));
    res.write(event({ ...frame, choices: [], usage: { prompt_tokens: 10, completion_tokens: wanted } }));
    res.end("data: [DONE]\n\n");
  },
  "bad-request": ({ res }) =>
    json(
      res,
      400,
      error("Unsupported parameter: 'top_k' (key sk-upstreamsecret1, see https://docs.example/x)", {
        param: "top_k",
      }),
    ),
};

/** An OpenAI-compatible upstream that behaves as the model id asks for, and remembers what it was sent. */
export class FakeUpstream {
  readonly seen: { path: string; headers: IncomingMessage["headers"]; raw: string; body: ChatBody }[] = [];
  readonly scripts: Record<string, Script> = { ...SCRIPTS };
  /** Requests whose connection was closed by the caller before the answer was complete. */
  aborted = 0;
  private readonly turns = new Map<string, number>();
  private server: Server | null = null;
  url = "";

  async start(): Promise<this> {
    this.server = createServer((req, res) => void this.handle(req, res));
    await new Promise<void>((resolve) => this.server?.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
    return this;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  /** How often a model was asked. */
  asked(model: string): number {
    return this.seen.filter(({ body }) => body.model === model).length;
  }

  private async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const piece of req) chunks.push(piece as Buffer);
    if (req.method === "GET")
      return json(res, 200, '{"object":"list","data":[{"id":"ok","object":"model"}]}');
    const raw = Buffer.concat(chunks).toString("utf8");
    const body = JSON.parse(raw) as ChatBody;
    this.seen.push({ path: req.url ?? "", headers: req.headers, raw, body });
    res.on("close", () => {
      if (!res.writableFinished) this.aborted++;
    });
    const turn = this.turns.get(body.model) ?? 0;
    this.turns.set(body.model, turn + 1);
    const status = /^status-(\d{3})$/.exec(body.model);
    const script: Script | undefined = status
      ? ({ res: out }) =>
          json(out, Number(status[1]), error(`upstream says ${status[1]} to sk-upstreamsecret1`))
      : this.scripts[body.model];
    if (!script) return json(res, 404, error("no such script"));
    await script({ body, req, res, turn });
  }
}

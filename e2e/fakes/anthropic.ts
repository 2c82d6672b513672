import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { type AnthropicBody, whyRefused } from "./anthropic-checks";
import { type Event, end, failure, STOP, STREAMS, sse, start, text } from "./anthropic-streams";

/** The key that the fake takes. */
export const ANTHROPIC_KEY = "sk-ant-upstreamsecret1";

export interface AnthropicScripted {
  body: AnthropicBody;
  req: IncomingMessage;
  res: ServerResponse;
}
type Script = (scripted: AnthropicScripted) => void | Promise<void>;

function json(
  res: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const own = { "content-type": "application/json", "request-id": "req_upstream", ...headers };
  res.writeHead(status, own).end(JSON.stringify(body));
}

function openStream(res: ServerResponse): void {
  res.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" });
}

/** What the events of a stream amount to, as the API gives it to who asks for no stream. */
function messageOf(events: readonly Event[]): object {
  const content: Record<string, unknown>[] = [];
  let message: Record<string, unknown> = {};
  for (const event of events) {
    if (event.type === "message_start") message = { ...(event.message as object) };
    if (event.type === "content_block_start") content.push({ ...(event.content_block as object) });
    if (event.type === "message_delta") {
      const usage = { ...(message.usage as object), ...(event.usage as object) };
      message = { ...message, ...(event.delta as object), usage };
    }
    if (event.type !== "content_block_delta") continue;
    const block = content[event.index as number] ?? {};
    const { type: _type, ...pieces } = event.delta as Record<string, string>;
    for (const [name, piece] of Object.entries(pieces)) block[name] = `${String(block[name] ?? "")}${piece}`;
  }
  for (const block of content) {
    if (block.type !== "tool_use") continue;
    block.input = JSON.parse(String(block.partial_json || "{}"));
    delete block.partial_json;
  }
  return { ...message, content };
}

/** Answers with the given events, plain or streamed. */
function answer({ body, res }: AnthropicScripted, events: readonly Event[]): void {
  if (!body.stream) {
    json(res, 200, messageOf(events));
    return;
  }
  openStream(res);
  for (const event of events) res.write(sse(event));
  res.end();
}

/** The tools' results are in: the last word. */
const afterTools = [
  start({ input_tokens: 600, output_tokens: 1 }),
  ...text(0, "It is sunny."),
  end("end_turn"),
  STOP,
];

const hasResults = ({ body }: AnthropicScripted) => {
  const last = body.messages.at(-1)?.content;
  return Array.isArray(last) && last.some((block) => block.type === "tool_result");
};

const begun = [start(), ...text(0, "Hello").slice(0, 2)];

/** Every way of behaving, by the model id that asks for it. */
const SCRIPTS: Record<string, Script> = {
  "claude-text": (scripted) => answer(scripted, STREAMS.text ?? []),
  "claude-tools": (scripted) => answer(scripted, hasResults(scripted) ? afterTools : (STREAMS.tools ?? [])),
  "claude-parallel": (scripted) =>
    answer(scripted, hasResults(scripted) ? afterTools : (STREAMS.parallel ?? [])),
  "claude-thinking": (scripted) => answer(scripted, STREAMS.thinking ?? []),
  "claude-cache": (scripted) => answer(scripted, STREAMS.cache ?? []),
  "claude-json": (scripted) =>
    answer(scripted, [start(), ...text(0, '{"title":', '"Bern"}'), end("end_turn"), STOP]),
  "claude-deltas": (scripted) => {
    const running = Array.from({ length: 40 }, (_, at) => end("end_turn", { output_tokens: at + 1 }));
    answer(scripted, [start(), ...text(0, "Hi"), ...running, STOP]);
  },
  "claude-refusal": (scripted) => answer(scripted, [start(), end("refusal", { output_tokens: 1 }), STOP]),
  "claude-empty": (scripted) =>
    answer(scripted, [
      start({ input_tokens: 25, output_tokens: 0 }),
      end("end_turn", { output_tokens: 0 }),
      STOP,
    ]),
  "claude-overloaded": ({ res }) => json(res, 529, failure("overloaded_error", "Overloaded")),
  "claude-overloaded-first": ({ res }) => {
    openStream(res);
    res.end(sse(failure("overloaded_error", "Overloaded")));
  },
  "claude-overloaded-begun": ({ res }) => {
    openStream(res);
    res.end(`${sse(start())}${sse({ type: "ping" })}${sse(failure("overloaded_error", "Overloaded"))}`);
  },
  "claude-error-body": ({ res }) => json(res, 200, failure("overloaded_error", "Overloaded")),
  "claude-breaks": async ({ res }) => {
    openStream(res);
    for (const event of begun) res.write(sse(event));
    await pause(10);
    res.end(sse(failure("api_error", `Internal error at https://secret.example with ${ANTHROPIC_KEY}`)));
  },
  "claude-early-end": ({ res }) => {
    openStream(res);
    for (const event of begun) res.write(sse(event));
    res.end();
  },
  "claude-no-stop": ({ res }) => {
    openStream(res);
    for (const event of [...begun, { type: "content_block_stop", index: 0 }, end("end_turn")])
      res.write(sse(event));
    res.end();
  },
  "claude-giant": ({ res }) => {
    openStream(res);
    for (const event of [start(), ...text(0, "x".repeat(2_000_000))]) res.write(sse(event));
  },
  "claude-plain": ({ res }) => json(res, 200, messageOf(STREAMS.parallel ?? [])),
  "claude-drip": async ({ res, req }) => {
    openStream(res);
    for (const event of begun) res.write(sse(event));
    for (let at = 0; at < 400 && !req.socket.destroyed; at++) {
      res.write(
        sse({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text: ` word${at}` } }),
      );
      await pause(10);
    }
  },
  "claude-hang": ({ res }) => {
    openStream(res);
    for (const event of begun) res.write(sse(event));
  },
  "claude-quota": ({ res }) =>
    json(
      res,
      400,
      failure("invalid_request_error", "Your credit balance is too low to access the Anthropic API."),
    ),
  "claude-rate": ({ res }) =>
    json(res, 429, failure("rate_limit_error", "slow down"), { "retry-after": "7" }),
  "claude-key": ({ res }) => json(res, 401, failure("authentication_error", "invalid x-api-key")),
};

/** An Anthropic API that behaves as the model id asks for, is strict about what it is sent, and remembers it. */
export class FakeAnthropic {
  readonly seen: { url: string; headers: IncomingMessage["headers"]; raw: string; body: AnthropicBody }[] =
    [];
  /** Requests whose connection was closed by the caller before the answer was complete. */
  aborted = 0;
  private server: Server | null = null;
  /** Without /v1. */
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

  /** What a model was asked last. */
  last(model: string): {
    url: string;
    headers: IncomingMessage["headers"];
    raw: string;
    body: AnthropicBody;
  } {
    const found = this.seen.findLast(({ body }) => body.model === model);
    if (!found) throw new Error(`${model} was never asked`);
    return found;
  }

  private async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const piece of req) chunks.push(piece as Buffer);
    const raw = Buffer.concat(chunks).toString("utf8");
    const { headers, url = "" } = req;
    if (headers["x-api-key"] !== ANTHROPIC_KEY)
      return json(res, 401, failure("authentication_error", "invalid x-api-key"));
    if (!headers["anthropic-version"])
      return json(res, 400, failure("invalid_request_error", "anthropic-version: header is required"));
    if (req.method !== "POST" || url !== "/v1/messages")
      return json(res, 404, failure("not_found_error", `${url} is not here`));
    const body = JSON.parse(raw) as AnthropicBody;
    this.seen.push({ url, headers, raw, body });
    res.on("close", () => {
      if (!res.writableFinished) this.aborted++;
    });
    const fault = whyRefused(body, String(headers["anthropic-beta"] ?? ""));
    if (fault) return json(res, 400, failure("invalid_request_error", fault));
    const script = SCRIPTS[body.model];
    if (!script) return json(res, 404, failure("not_found_error", `model: ${body.model}`));
    await script({ body, req, res });
  }
}

import type { Pool } from "undici";
import type { CatalogConnection, CatalogModel } from "@/lib/catalog/types";
import type { Json } from "@/lib/gateway/dialects/api-request";
import { accountFault, type UpstreamAlert } from "@/lib/gateway/routing/account-fault";
import type { UpstreamFailure } from "@/lib/gateway/upstream-failure";
import type { AnswerObserver } from "@/lib/gateway/upstreams/answer-observer";
import { targetAnthropic } from "@/lib/gateway/upstreams/anthropic/target";
import { targetAzure } from "@/lib/gateway/upstreams/azure";
import { chooseTarget, chooseWire } from "@/lib/gateway/upstreams/choose-wire";
import { targetGoogle } from "@/lib/gateway/upstreams/google/target";
import { targetOpenAi, type UpstreamTarget } from "@/lib/gateway/upstreams/openai-compatible";
import { upstreamMessage } from "@/lib/gateway/upstreams/redact";
import { SseParser } from "@/lib/gateway/upstreams/sse-parser";
import type { Wire } from "@/lib/gateway/upstreams/wire";

/** No list and no short answer is larger; one that is may never end. */
const MOST_BYTES = 16 * 1_048_576;
const LONGEST_MS = 120_000;

/** What a probe found wrong, in the upstream's words or ours; `alert` where it is a known fault of our account. */
export class ProbeFailed extends Error {
  override readonly name = "ProbeFailed";

  constructor(
    message: string,
    readonly alert: UpstreamAlert | null = null,
  ) {
    super(message);
  }
}

export interface ProbeAnswer {
  observer: AnswerObserver;
  /** As a chat completion; null for a stream. */
  completion: Json | null;
  /** Of a stream. */
  events: number;
}

/** One connection, asked in the same words in which the gateway will ask it. Everything throws ProbeFailed. */
export class ProbeExchange {
  constructor(
    private readonly pool: Pool,
    private readonly connection: CatalogConnection,
  ) {}

  /** The ids that it lists. */
  async list(): Promise<string[]> {
    const { path, headers } = listTarget(this.connection);
    const body = object(await this.send("GET", path, headers));
    const list = Array.isArray(body.data) ? body.data : body.models;
    if (!Array.isArray(list)) throw new ProbeFailed("the answer holds no list of models");
    return (list as Json[]).flatMap((model) => {
      const id = model?.id ?? model?.name;
      return typeof id === "string" ? [id.replace(/^models\//, "")] : [];
    });
  }

  /** Asks a chat completion's body of a model, in whatever the connection speaks. */
  async ask(upstreamId: string, chat: Json, stream = false): Promise<ProbeAnswer> {
    const wire = chooseWire({ dialect: "chat", model: upstreamId }, this.connection);
    const body = { ...chat, model: upstreamId, ...(stream ? STREAM : {}) };
    const text = await this.post(wire, upstreamId, wire.fromChat(body, to(upstreamId)), stream);
    if (stream) return readStream(wire, text);
    return readPlain(wire, text);
  }

  async embed(upstreamId: string): Promise<ProbeAnswer> {
    const wire = chooseWire({ dialect: "embeddings", model: upstreamId }, this.connection);
    const body = wire.fromChat({ model: upstreamId, input: ["ping"] }, to(upstreamId));
    return readPlain(wire, await this.post(wire, upstreamId, body, false));
  }

  private post(wire: Wire, upstreamId: string, body: Json, stream: boolean): Promise<string> {
    const route = { connection: this.connection, upstreamId };
    const { path, headers } = chooseTarget({ stream, forward: {} }, route, wire);
    return this.send("POST", path, headers, JSON.stringify(body), stream);
  }

  private async send(
    method: "GET" | "POST",
    path: string,
    headers: Record<string, string>,
    body?: string,
    stream = false,
  ): Promise<string> {
    const { firstByteTimeoutMs, plainTimeoutMs, idleTimeoutMs } = this.connection;
    const answer = await this.pool.request({
      method,
      path,
      headers,
      ...(body === undefined ? {} : { body }),
      headersTimeout: Math.min(stream ? firstByteTimeoutMs : plainTimeoutMs, LONGEST_MS),
      bodyTimeout: idleTimeoutMs,
      signal: AbortSignal.timeout(LONGEST_MS),
    });
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MOST_BYTES) throw new ProbeFailed("the answer does not end");
      chunks.push(chunk);
    }
    const text = Buffer.concat(chunks).toString("utf8");
    const { statusCode } = answer;
    if (statusCode === 200) return text;
    const said = upstreamMessage(text)?.message;
    throw new ProbeFailed(
      said ? `${statusCode}: ${said}` : `status ${statusCode}`,
      accountFault(statusCode, text),
    );
  }
}

const STREAM = { stream: true, stream_options: { include_usage: true } };

/** As much of a model as the wires look at. */
function to(upstreamId: string) {
  const model = { id: upstreamId, reasoning: false, maxOutputTokens: 4_096, contextTokens: 128_000 };
  return { upstreamId, model: model as CatalogModel, capTokens: null };
}

function listTarget(connection: CatalogConnection): UpstreamTarget {
  switch (connection.kind) {
    case "azure":
      return targetAzure(connection, "", "models", false);
    case "anthropic":
      return targetAnthropic(connection, "models", false, {});
    case "google": {
      const { path, headers } = targetGoogle(connection, "x", "generateContent", false);
      return { path: path.replace("/models/x:generateContent", "/models"), headers };
    }
    case "openai_compatible":
      return targetOpenAi(connection, "models", false);
  }
}

function readPlain(wire: Wire, text: string): ProbeAnswer {
  const body = object(text);
  const read = wire.readPlain(body, text);
  if (isFailure(read)) throw refusedWith(read);
  return { observer: read, completion: wire.toCompletion(body), events: 0 };
}

function readStream(wire: Wire, text: string): ProbeAnswer {
  const stream = wire.openStream();
  let events = 0;
  let done = false;
  const parser = new SseParser((data, name) => {
    if (done) return;
    const read = stream.read(data, name || null);
    if (read.kind === "failed") throw refusedWith(read.failure);
    if (read.kind !== "ignore") events++;
    done = read.kind === "done";
  });
  try {
    parser.push(Buffer.from(text));
  } catch (error) {
    throw error instanceof ProbeFailed ? error : new ProbeFailed("the stream cannot be read");
  }
  if (events < 2) throw new ProbeFailed("the answer is not a stream of events");
  return { observer: stream.observer, completion: null, events };
}

function refusedWith(failure: UpstreamFailure): ProbeFailed {
  const said = upstreamMessage(failure.body ?? "")?.message;
  const alert = failure.status === undefined ? null : accountFault(failure.status, failure.body ?? "");
  return new ProbeFailed(said ?? failure.detail ?? "it answered with an error", alert);
}

function isFailure(read: AnswerObserver | UpstreamFailure): read is UpstreamFailure {
  return "failed" in read;
}

function object(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Json;
  } catch {
    // Judged below.
  }
  throw new ProbeFailed("the answer is not JSON");
}

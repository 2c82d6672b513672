import { nearestIds } from "@/lib/catalog/nearest-ids";

/** The checks by a call, in their order: the first is free, the others cost a fraction of a cent. */
export const LIVE_STEPS = ["models", "call", "stream"] as const;
export type LiveStep = (typeof LIVE_STEPS)[number];

/** What came back, or that nothing did. Times in ms since the request was sent. */
export type Heard =
  | {
      kind: "answer";
      status: number;
      contentType: string;
      requestId: string | null;
      /** USD, decimal. */
      costUsd: string | null;
      /** The body as it arrived. */
      chunks: readonly { text: string; atMs: number }[];
      totalMs: number;
    }
  | { kind: "silence"; why: "network" | "timeout" };

/** Sends one call to the API with the key, from wherever this runs. Never rejects. */
export type Sender = (call: { method: "GET" | "POST"; path: string; body?: unknown }) => Promise<Heard>;

/** What a check found. Each has its words in the catalogue's `doctor.live`. */
export const LIVE_CAUSES = [
  "ok_models",
  "ok_call",
  "ok_stream",
  "unreachable",
  "timeout",
  "not_the_api",
  "key_invalid",
  "key_expired",
  "key_paused",
  "key_type",
  "address_refused",
  "no_models",
  "model_unknown",
  "model_refused",
  "no_credit",
  "frozen",
  "too_many",
  "upstream",
  "stream_stripped",
  "stream_held",
  "stream_cut",
  "refused",
] as const;
export type LiveCause = (typeof LIVE_CAUSES)[number];

export interface LiveResult {
  step: LiveStep;
  ok: boolean;
  cause: LiveCause;
  values: Readonly<Record<string, string>>;
  requestId: string | null;
  /** The gateway's code, which has a page under /docs/errors; null where nothing was refused. */
  code: string | null;
  costUsd: string | null;
  durationMs: number;
  /** After the first step: what the key may call. */
  modelIds: readonly string[];
}

const BY_CODE: Readonly<Record<string, LiveCause>> = {
  invalid_api_key: "key_invalid",
  api_key_expired: "key_expired",
  api_key_disabled: "key_paused",
  wrong_key_type: "key_type",
  ip_not_allowed: "address_refused",
  model_not_found: "model_unknown",
  model_not_allowed: "model_refused",
  insufficient_quota: "no_credit",
  request_cost_limit: "no_credit",
  account_frozen: "frozen",
  rate_limit_exceeded: "too_many",
  concurrency_limit_exceeded: "too_many",
  upstream_unavailable: "upstream",
  upstream_timeout: "upstream",
};
const QUESTION = "Count from one to twelve in words.";
const MOST_TOKENS = 64;
/** An answer that took this long and came in one piece was held back by something. */
const HELD_MS = 1_200;
const MANY_EVENTS = 4;

/** Makes one check and says what came of it. */
export async function runLiveStep(send: Sender, step: LiveStep, model: string): Promise<LiveResult> {
  const heard =
    step === "models"
      ? await send({ method: "GET", path: "/v1/models" })
      : await send({
          method: "POST",
          path: "/v1/chat/completions",
          body: {
            model,
            messages: [{ role: "user", content: QUESTION }],
            max_tokens: MOST_TOKENS,
            ...(step === "stream" ? { stream: true } : {}),
          },
        });
  const result = (cause: LiveCause, rest: Partial<LiveResult> = {}): LiveResult => ({
    step,
    ok: cause.startsWith("ok_"),
    cause,
    values: {},
    requestId: heard.kind === "answer" ? heard.requestId : null,
    code: null,
    costUsd: heard.kind === "answer" ? heard.costUsd : null,
    durationMs: heard.kind === "answer" ? heard.totalMs : 0,
    modelIds: [],
    ...rest,
  });
  if (heard.kind === "silence") return result(heard.why === "timeout" ? "timeout" : "unreachable");
  const text = heard.chunks.map((chunk) => chunk.text).join("");
  if (step === "stream" && heard.status === 200) return judgeStream(heard, text, result);
  const body = parse(text);
  if (body === undefined) return result("not_the_api", { values: { status: String(heard.status) } });
  if (heard.status !== 200) return refusal(body, heard.status, result);
  if (step === "call") return result("ok_call");
  return judgeModels(body, model, result);
}

type Make = (cause: LiveCause, rest?: Partial<LiveResult>) => LiveResult;

function refusal(body: unknown, status: number, result: Make): LiveResult {
  const error = field(body, "error");
  const code = textOf(field(error, "code")) ?? textOf(field(error, "type")) ?? "";
  const message = textOf(field(error, "message")) ?? "";
  const values = { status: String(status), code, message: message.slice(0, 500) };
  return result(BY_CODE[code] ?? "refused", { values, code: code || null });
}

function judgeModels(body: unknown, model: string, result: Make): LiveResult {
  const data = field(body, "data");
  if (!Array.isArray(data)) return result("not_the_api", { values: { status: "200" } });
  const modelIds = data.flatMap((entry) => textOf(field(entry, "id")) ?? []);
  if (modelIds.length === 0) return result("no_models");
  if (model !== "" && !modelIds.includes(model)) {
    const near = nearestIds(model, modelIds).join(", ") || "none";
    return result("model_unknown", { values: { model, near }, modelIds });
  }
  return result("ok_models", { values: { count: String(modelIds.length) }, modelIds });
}

/** Whether a stream arrived as one: as events, piece by piece, to its end. */
function judgeStream(heard: Extract<Heard, { kind: "answer" }>, text: string, result: Make): LiveResult {
  const events = text.match(/^data: ?.+$/gm)?.length ?? 0;
  if (!heard.contentType.includes("text/event-stream") || events === 0) {
    return result("stream_stripped", { values: { type: heard.contentType || "none" } });
  }
  if (/"error"\s*:\s*\{/.test(text) && !/^data: ?\[DONE\]/m.test(text)) {
    const event = text.match(/^data: ?(.*"error".*)$/m)?.[1] ?? "";
    return refusal(parse(event) ?? {}, heard.status, result);
  }
  if (!/^data: ?\[DONE\]/m.test(text)) return result("stream_cut");
  const data = heard.chunks.filter((chunk) => chunk.text.includes("data:"));
  const [first] = data;
  if (data.length === 1 && events > MANY_EVENTS && (first?.atMs ?? 0) > HELD_MS) return result("stream_held");
  return result("ok_stream", {
    values: { first: String(Math.round(first?.atMs ?? 0)), events: String(events) },
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function field(value: unknown, name: string): unknown {
  return value !== null && typeof value === "object" ? (value as Record<string, unknown>)[name] : undefined;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

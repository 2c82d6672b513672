import { noteOwnCall } from "./own-calls";

/** What became of a call from this browser to the API. */
export type ApiReply =
  | {
      ok: true;
      body: unknown;
      requestId: string | null;
      /** USD, decimal, as `x-request-cost` says; null if the header is missing. */
      costUsd: string | null;
      durationMs: number;
    }
  | ({ ok: false; url: string } & Failure);

export type Failure =
  | { kind: "network" }
  | { kind: "timeout"; seconds: number }
  | { kind: "notJson"; status: number }
  | {
      kind: "api";
      status: number;
      code: string;
      message: string;
      requestId: string | null;
      docUrl: string | null;
    };

const TIMEOUT_SECONDS = 60;

/** Calls the API with a key from this page's memory. Never throws; `signal` ends it when the page goes. */
export async function callApi(
  url: string,
  secret: string,
  options: { body?: unknown; signal: AbortSignal },
): Promise<ApiReply> {
  const startedAt = performance.now();
  const timeout = AbortSignal.timeout(TIMEOUT_SECONDS * 1_000);
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: options.body === undefined ? "GET" : "POST",
      headers: {
        authorization: `Bearer ${secret}`,
        ...(options.body === undefined ? {} : { "content-type": "application/json" }),
      },
      body: options.body === undefined ? null : JSON.stringify(options.body),
      signal: AbortSignal.any([options.signal, timeout]),
      cache: "no-store",
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
    text = await response.text();
  } catch {
    return timeout.aborted
      ? { ok: false, url, kind: "timeout", seconds: TIMEOUT_SECONDS }
      : { ok: false, url, kind: "network" };
  }
  const durationMs = performance.now() - startedAt;
  const body = parse(text);
  if (body === undefined) return { ok: false, url, kind: "notJson", status: response.status };
  const requestId = response.headers.get("x-request-id");
  noteOwnCall(requestId);
  if (response.ok) {
    return { ok: true, body, requestId, costUsd: response.headers.get("x-request-cost"), durationMs };
  }
  const error = field(body, "error");
  const docUrl = textOf(field(error, "doc_url"));
  return {
    ok: false,
    url,
    kind: "api",
    status: response.status,
    code: textOf(field(error, "code")) ?? textOf(field(error, "type")) ?? "",
    message: textOf(field(error, "message")) ?? text.slice(0, 500),
    requestId: requestId ?? textOf(field(error, "request_id")),
    docUrl: docUrl?.startsWith("http") ? docUrl : null,
  };
}

/** A field of something that came over the wire, or undefined. */
export function field(value: unknown, name: string): unknown {
  return value !== null && typeof value === "object" ? (value as Record<string, unknown>)[name] : undefined;
}

export function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

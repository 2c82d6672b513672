import type { CatalogConnection } from "@/lib/catalog/types";
import type { UpstreamTarget } from "@/lib/gateway/upstreams/openai-compatible";

export type GoogleAction = "generateContent" | "batchEmbedContents";

const cache = new WeakMap<CatalogConnection, Map<string, UpstreamTarget>>();

/**
 * The request line and headers of Google's Gemini API: the base URL as people paste it, with its version or without,
 * and the key in a header, never in the query, which ends in logs. Source: Gemini API reference, "Authentication".
 */
export function targetGoogle(
  connection: CatalogConnection,
  upstreamId: string,
  action: GoogleAction,
  stream: boolean,
): UpstreamTarget {
  let targets = cache.get(connection);
  if (!targets) {
    targets = new Map();
    cache.set(connection, targets);
  }
  const name = `${action} ${stream} ${upstreamId}`;
  let target = targets.get(name);
  if (!target) {
    target = makeTarget(connection, upstreamId, stream ? "streamGenerateContent" : action, stream);
    targets.set(name, target);
  }
  return target;
}

function makeTarget(
  connection: CatalogConnection,
  upstreamId: string,
  action: string,
  stream: boolean,
): UpstreamTarget {
  const url = new URL(connection.baseUrl);
  url.searchParams.delete("key");
  if (stream) url.searchParams.set("alt", "sse");
  return {
    path: `${versioned(url.pathname)}/${modelPath(upstreamId)}:${action}${url.search}`,
    headers: {
      "content-type": "application/json",
      accept: stream ? "text/event-stream" : "application/json",
      "user-agent": "tollgate",
      ...(connection.key ? { "x-goog-api-key": connection.key } : {}),
      ...connection.headers,
    },
  };
}

/** The path with its version; what follows the version is the way to Google's OpenAI-compatible endpoint. */
function versioned(pathname: string): string {
  const base = pathname.replace(/\/+$/, "").replace(/\/openai$/, "");
  return /\/v\d+(?:alpha|beta)?\d*(?:\/|$)/.test(base) ? base : `${base}/v1beta`;
}

/** `models/ID`; an id that says what it is (`models/x`, `tunedModels/x`) is taken at its word. */
export function modelPath(upstreamId: string): string {
  const named = /^(models|tunedModels)\/(.+)$/.exec(upstreamId);
  return `${named?.[1] ?? "models"}/${encodeURIComponent(named?.[2] ?? upstreamId)}`;
}

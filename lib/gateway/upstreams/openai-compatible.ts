import type { CatalogConnection } from "@/lib/catalog/types";

/** Where and how one connection is called. The body comes from the dialect. */
export interface UpstreamTarget {
  path: string;
  headers: Record<string, string>;
}

const cache = new WeakMap<CatalogConnection, Map<string, UpstreamTarget>>();

/**
 * The request line and headers of an OpenAI-compatible upstream: its base URL, as people paste it, plus the
 * endpoint. Only our own headers go there, never the caller's. Source: OpenAI API reference, "Authentication".
 */
export function targetOpenAi(
  connection: CatalogConnection,
  endpoint: string,
  stream: boolean,
): UpstreamTarget {
  const name = stream ? `${endpoint} stream` : endpoint;
  let targets = cache.get(connection);
  if (!targets) {
    targets = new Map();
    cache.set(connection, targets);
  }
  let target = targets.get(name);
  if (!target) {
    const url = new URL(connection.baseUrl);
    target = {
      path: `${url.pathname.replace(/\/+$/, "")}/${endpoint}${url.search}`,
      headers: {
        "content-type": "application/json",
        accept: stream ? "text/event-stream" : "application/json",
        "user-agent": "tollgate",
        ...(connection.key ? { authorization: `Bearer ${connection.key}` } : {}),
        ...connection.headers,
      },
    };
    targets.set(name, target);
  }
  return target;
}

import type { CatalogConnection } from "@/lib/catalog/types";
import type { UpstreamTarget } from "@/lib/gateway/upstreams/openai-compatible";

/** What is sent where the caller names no version: the one that every server of this API knows. */
const DEFAULT_VERSION = "2023-06-01";

interface Base {
  path: string;
  headers: Record<string, string>;
  /** The betas that the connection itself asks for. */
  betas: string | undefined;
}

const cache = new WeakMap<CatalogConnection, Map<string, Base>>();

function baseOf(connection: CatalogConnection, endpoint: string, stream: boolean): Base {
  const name = stream ? `${endpoint} stream` : endpoint;
  let bases = cache.get(connection);
  if (!bases) {
    bases = new Map();
    cache.set(connection, bases);
  }
  let base = bases.get(name);
  if (!base) {
    const url = new URL(connection.baseUrl);
    const root = url.pathname.replace(/\/+$/, "").replace(/\/v1$/, "");
    const headers: Record<string, string> = {
      "content-type": "application/json",
      accept: stream ? "text/event-stream" : "application/json",
      "user-agent": "tollgate",
      ...(connection.key ? { "x-api-key": connection.key } : {}),
    };
    for (const [header, value] of Object.entries(connection.headers)) headers[header.toLowerCase()] = value;
    base = { path: `${root}/v1/${endpoint}${url.search}`, headers, betas: headers["anthropic-beta"] };
    bases.set(name, base);
  }
  return base;
}

/**
 * The request line and headers of an Anthropic upstream: its base URL with or without /v1, as people paste it, plus
 * the endpoint. `forward` are the caller's own `anthropic-version` and `anthropic-beta`; a connection's headers win,
 * except that betas add up.
 * Source: Anthropic API reference, "API overview", "Versions", "Beta headers".
 */
export function targetAnthropic(
  connection: CatalogConnection,
  endpoint: string,
  stream: boolean,
  forward: Readonly<Record<string, string>>,
): UpstreamTarget {
  const { path, headers, betas } = baseOf(connection, endpoint, stream);
  const all: Record<string, string> = { "anthropic-version": DEFAULT_VERSION, ...forward, ...headers };
  const asked = forward["anthropic-beta"];
  if (betas && asked) all["anthropic-beta"] = `${betas},${asked}`;
  return { path, headers: all };
}

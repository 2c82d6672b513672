import type { Dialect } from "@/lib/gateway/dialects/api-request";

/** What a request is for. */
export type Endpoint =
  | { name: Dialect }
  | { name: "count_tokens" }
  /** Azure's path, which Cursor and NextChat can be set to: the model stands in it. */
  | { name: "deployment"; model: string }
  /** Cursor sends chat and Responses bodies to one path. */
  | { name: "cursor" }
  | { name: "generation" }
  | { name: "pricing" }
  | { name: "models" }
  | { name: "model"; id: string }
  | { name: "key" }
  | { name: "credits" }
  | { name: "root" }
  | { name: "hello" }
  | { name: "health" }
  | { name: "ready" }
  | { name: "metrics" }
  | { name: "unknown"; path: string };

const CHAT: Endpoint = { name: "chat" };
const METHODS: Partial<Record<Endpoint["name"], string>> = {
  chat: "POST",
  completions: "POST",
  responses: "POST",
  messages: "POST",
  embeddings: "POST",
  count_tokens: "POST",
  cursor: "POST",
  deployment: "POST",
  generation: "GET",
  pricing: "GET",
  models: "GET",
  model: "GET",
  key: "GET",
  credits: "GET",
};

/** The method that an endpoint of the API wants; undefined where it takes GET and HEAD. */
export function methodOf(endpoint: Endpoint): string | undefined {
  return METHODS[endpoint.name];
}

/** Endpoints below /v1, longest first, as people paste them behind a base URL. */
const API_PATHS = [
  "chat/completions",
  "responses",
  "messages",
  "embeddings",
  "completions",
  "generation",
  "models",
  "credits",
  "key",
];
const NAMED: Readonly<Record<string, Endpoint>> = {
  "chat/completions": CHAT,
  completions: { name: "completions" },
  responses: { name: "responses" },
  messages: { name: "messages" },
  "messages/count_tokens": { name: "count_tokens" },
  embeddings: { name: "embeddings" },
  generation: { name: "generation" },
  models: { name: "models" },
  credits: { name: "credits" },
  key: { name: "key" },
};

/**
 * Finds the endpoint behind a path, forgiving the usual mistakes in base URLs: no /v1, /v1 twice, a whole endpoint
 * as base URL (so that it comes twice), a trailing slash.
 */
export function route(url: string): Endpoint {
  if (url === "/v1/chat/completions") return CHAT;
  const path = pathOf(url);
  switch (path) {
    case "":
      return { name: "root" };
    case "healthz":
      return { name: "health" };
    case "readyz":
      return { name: "ready" };
    case "metrics":
      return { name: "metrics" };
    case "api/hello":
      return { name: "hello" };
    case "api/pricing":
      return { name: "pricing" };
  }
  if (path === "cursor" || path.startsWith("cursor/")) return routeCursor(path.slice("cursor/".length));
  const deployment = /^openai\/deployments\/(.+)\/chat\/completions$/.exec(path)?.[1];
  if (deployment) return { name: "deployment", model: decode(deployment) };
  const api = withoutPrefixes(path);
  if (api === "") return { name: "root" };
  const named = Object.hasOwn(NAMED, api) ? NAMED[api] : undefined;
  if (named) return named;
  if (api.startsWith("models/")) return { name: "model", id: decode(api.slice("models/".length)) };
  return { name: "unknown", path: api };
}

/** Behind /cursor: what Cursor is given as its base URL. */
function routeCursor(path: string): Endpoint {
  const found = path === "" ? CHAT : route(`/${path}`);
  return found.name === "chat" || found.name === "responses" ? { name: "cursor" } : found;
}

/** Without query, leading, trailing and repeated slashes. Also for the absolute form of a request line. */
function pathOf(url: string): string {
  const path = url.replace(/^https?:\/\/[^/?#]*/i, "").replace(/[?#].*$/s, "");
  return path.replace(/\/{2,}/g, "/").replace(/^\/|\/$/g, "");
}

function withoutPrefixes(path: string): string {
  let rest = path;
  for (let turn = 0; turn < 8; turn++) {
    const before = rest;
    if (rest === "v1") return "";
    if (rest.startsWith("v1/")) rest = rest.slice(3);
    const endpoint = API_PATHS.find((name) => rest.startsWith(`${name}/`));
    if (endpoint) {
      const after = rest.slice(endpoint.length + 1).replace(/^(?:v1\/)+/, "");
      // A model's id may look like anything; only an endpoint that repeats itself is a doubled one.
      if (after === endpoint || after.startsWith(`${endpoint}/`)) rest = after;
      else if (
        endpoint !== "models" &&
        API_PATHS.some((name) => after === name || after.startsWith(`${name}/`))
      )
        rest = after;
    }
    if (rest === before) return rest;
  }
  return rest;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

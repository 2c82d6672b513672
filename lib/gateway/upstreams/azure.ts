import type { CatalogConnection } from "@/lib/catalog/types";
import type { UpstreamTarget } from "@/lib/gateway/upstreams/openai-compatible";

export type AzureEndpoint = "chat/completions" | "completions" | "responses" | "embeddings" | "models";

const cache = new WeakMap<CatalogConnection, Map<string, UpstreamTarget>>();

/**
 * The request line and headers of Azure OpenAI, by the shape of the connection's address (see lib/catalog/base-url):
 * a deployment has its own path there, the newer v1 API takes it as the body's model. Sources: Azure OpenAI REST
 * reference, "API specs" and "v1 API"; the key goes in `api-key`.
 */
export function targetAzure(
  connection: CatalogConnection,
  deployment: string,
  endpoint: AzureEndpoint,
  stream: boolean,
): UpstreamTarget {
  let targets = cache.get(connection);
  if (!targets) {
    targets = new Map();
    cache.set(connection, targets);
  }
  const name = `${endpoint} ${stream} ${deployment}`;
  let target = targets.get(name);
  if (!target) {
    target = {
      path: pathOf(connection, deployment, endpoint),
      headers: {
        "content-type": "application/json",
        accept: stream ? "text/event-stream" : "application/json",
        "user-agent": "tollgate",
        ...(connection.key ? { "api-key": connection.key } : {}),
        ...connection.headers,
      },
    };
    targets.set(name, target);
  }
  return target;
}

function pathOf(connection: CatalogConnection, deployment: string, endpoint: AzureEndpoint): string {
  const url = new URL(connection.baseUrl);
  if (connection.apiVersion) url.searchParams.set("api-version", connection.apiVersion);
  const base = url.pathname.replace(/\/+$/, "");
  const [, resource] = /^(.*\/openai)(?:\/deployments\/[^/]+)?$/.exec(base) ?? [];
  let path = `${base}/${endpoint}`;
  // In the dated API, responses and the list of models stand beside the deployments; everything else is below one.
  if (resource !== undefined && (endpoint === "responses" || endpoint === "models"))
    path = `${resource}/${endpoint}`;
  else if (resource === base) path = `${base}/deployments/${encodeURIComponent(deployment)}/${endpoint}`;
  return `${path}${url.search}`;
}

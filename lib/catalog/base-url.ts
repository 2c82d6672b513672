import type { ConnectionKind } from "@/prisma/generated/client";

/** An address as it is kept, or which field is wrong and why (a key in the `errors` catalogue). */
export type BaseUrl =
  | { ok: true; baseUrl: string; apiVersion: string | null }
  | {
      ok: false;
      field: "url" | "apiVersion";
      message: "urlSecret" | "apiVersionMissing" | "apiVersionUnused";
    };

/** Endpoints with which base URLs are pasted, longest first. */
const ENDPOINTS =
  /\/(?:chat\/completions|messages\/count_tokens|messages|responses|embeddings|completions|models)$/;
const AZURE_ENDPOINTS = /\/(?:chat\/completions|responses|embeddings|completions)$/;
/** Query fields that carry a credential. An address is kept readable, and ends in logs. */
const SECRET_FIELDS =
  /^(?:key|api[_-]?key|access[_-]?(?:token|key)|token|subscription-key|code|sig|signature|secret|password)$/i;

/** Where the API of a host begins, for those who paste only the host. Everyone else has it below /v1. */
const ROOTS: Readonly<Record<string, string>> = {
  "openrouter.ai": "/api/v1",
  "api.groq.com": "/openai/v1",
  "api.perplexity.ai": "",
  "models.github.ai": "/inference",
  "api.fireworks.ai": "/inference/v1",
  "generativelanguage.googleapis.com": "/v1beta/openai",
};

/**
 * Turns an address as people paste it into the one that is kept: without its endpoint, with its version, Azure's
 * api-version apart. `url` has passed `UpstreamUrl`. An openai-compatible address with its endpoint is taken literally,
 * so that a server without /v1 can be named too.
 */
export function readBaseUrl(kind: ConnectionKind, text: string, apiVersion: string | null): BaseUrl {
  const url = new URL(text);
  for (const name of url.searchParams.keys()) {
    if (SECRET_FIELDS.test(name)) return { ok: false, field: "url", message: "urlSecret" };
  }
  url.hash = "";
  const pasted = url.pathname.replace(/\/{2,}/g, "/").replace(/\/$/, "");
  if (kind === "azure") return readAzure(url, pasted.replace(AZURE_ENDPOINTS, ""), apiVersion);
  const path = pasted.replace(ENDPOINTS, "");
  if (apiVersion) return { ok: false, field: "apiVersion", message: "apiVersionUnused" };
  switch (kind) {
    case "anthropic":
      return kept(url, path.replace(/\/v1$/, ""));
    case "google":
      // A model's own address, .../models/gemini-x:generateContent, is the base of all of them.
      return kept(url, pasted.replace(/\/(?:models|tunedModels)(?:\/.*)?$/, "").replace(/\/openai$/, ""));
    case "openai_compatible":
      return kept(url, path === "" && pasted === "" ? (ROOTS[url.hostname] ?? "/v1") : path);
  }
}

/**
 * Azure's addresses. Sources: Azure OpenAI REST reference ("API versions", "v1 API") and Azure AI model inference.
 *  - `{resource}/openai/deployments/{deployment}/chat/completions?api-version=...`: one deployment;
 *  - `{resource}` or `{resource}/openai` with an api-version: any deployment, by the route's id;
 *  - `{resource}/openai/v1`: the newer API, where the deployment is the model of the body and no version is needed;
 *  - `{resource}/models` with an api-version: model inference.
 */
function readAzure(url: URL, path: string, given: string | null): BaseUrl {
  const asked = url.searchParams.get("api-version");
  url.searchParams.delete("api-version");
  const apiVersion = given ?? asked;
  if (/\/openai\/v1$/.test(path)) return kept(url, path, apiVersion);
  if (/\/openai\/deployments\/[^/]+$|\/models$/.test(path)) {
    if (!apiVersion) return { ok: false, field: "apiVersion", message: "apiVersionMissing" };
    return kept(url, path, apiVersion);
  }
  const resource = path.replace(/\/openai$/, "");
  return kept(url, apiVersion ? `${resource}/openai` : `${resource}/openai/v1`, apiVersion);
}

function kept(url: URL, path: string, apiVersion: string | null = null): BaseUrl {
  url.pathname = path;
  return { ok: true, baseUrl: url.href.replace(/\/+(?=$|\?)/, ""), apiVersion };
}

import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { env } from "@/lib/env";
import { carriesApiKey } from "@/lib/http/carries-api-key";
import { contentSecurityPolicy } from "@/lib/http/content-security-policy";
import { newId } from "@/lib/ids";

/**
 * Gives every page its content security policy with a fresh nonce, and its request id. It decides nothing
 * about who may see what: verbs do. API paths, webhooks and static files never pass through here.
 */
export function proxy(request: NextRequest): NextResponse {
  // GET /models and the like are pages here; an API client is told the gateway's address instead, in JSON.
  if (carriesApiKey(request.headers)) {
    return NextResponse.rewrite(new URL(`/v1${request.nextUrl.pathname}`, request.url));
  }
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy(nonce);
  const requestId = newId("req");

  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("x-request-id", requestId);
  headers.set("x-pathname", wanted(request));
  headers.set("content-security-policy", policy);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-request-id", requestId);
  response.headers.set("cache-control", "private, no-store");
  if (env().publicUrl.startsWith("https:")) {
    response.headers.set("strict-transport-security", "max-age=31536000; includeSubDomains");
  }
  return response;
}

/** The path with its query, so that signing in can lead back to exactly there. */
function wanted({ nextUrl }: NextRequest): string {
  const query = new URLSearchParams(nextUrl.searchParams);
  query.delete("_rsc");
  return query.size > 0 ? `${nextUrl.pathname}?${query}` : nextUrl.pathname;
}

export const config = {
  // By name, never by "looks like a file": a page whose path ends in a dot and letters needs its policy too.
  matcher: [
    "/((?!(?:api|v1|chat|completions|embeddings|responses|messages|cursor|openai|assets|_next)(?:/|$)|(?:healthz|readyz|metrics|balance\\.json|icon\\.svg|favicon\\.ico|robots\\.txt)$).*)",
  ],
};

import type { IncomingMessage } from "node:http";
import { sameOrigin } from "@/lib/http/same-origin";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** Called by machines with a key or a signature of their own, never by a browser's cookie. */
const FOR_MACHINES = /^\/(api\/(stripe|v1|leaks)|v1|chat|completions|embeddings|messages|responses)(\/|\?|$)/;

/**
 * Whether a browser sends this from a page of another site: it would change something, by a cookie, and its
 * Origin is foreign or `null`. The server answers 403 before Next, which would answer 500. What carries no Origin
 * passes here, and is refused by the action or route itself.
 */
export function isCrossSite(
  request: Pick<IncomingMessage, "method" | "url" | "headers">,
  publicUrl: string,
): boolean {
  if (SAFE.has(request.method ?? "GET") || request.headers.origin === undefined) return false;
  if (FOR_MACHINES.test(request.url ?? "/")) return false;
  const get = (name: string) => {
    const value = request.headers[name];
    return value === undefined ? null : String(value);
  };
  return !sameOrigin({ get }, publicUrl);
}

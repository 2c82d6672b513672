import type { IncomingMessage } from "node:http";

/** A request that no page or route can answer, and why. */
export interface Refusal {
  status: 400 | 405 | 413;
  reason: string;
}

/** Forms are small; what the console's actions take is bound to the same. */
export const MAX_BODY_BYTES = 1_048_576;

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
/** These bound a body by themselves, or answer without reading it. */
const BOUND_THEMSELVES =
  /^\/(api\/(?:stripe|v1|leaks)|v1|chat|completions|embeddings|messages|responses)(\/|$)/;

export const TOO_LARGE: Refusal = { status: 413, reason: "This is larger than 1 MB. Send less." };

/**
 * What Next would answer with a bare 500, or read to its end: an address that is no path or cannot be decoded, a
 * method that HTTP has for other servers, a body that is announced as too large. Null where it may pass.
 */
export function refuseRequest(request: Pick<IncomingMessage, "method" | "url" | "headers">): Refusal | null {
  if (!METHODS.has(request.method ?? "")) return { status: 405, reason: "This method is not offered here." };
  const path = readPath(request.url);
  if (path === null) return { status: 400, reason: "This address is not well-formed." };
  if (boundsBody(path) && Number(request.headers["content-length"]) > MAX_BODY_BYTES) return TOO_LARGE;
  return null;
}

/** Whether a body sent to this path is bound to MAX_BODY_BYTES by the server. */
export function boundsBody(path: string): boolean {
  return !BOUND_THEMSELVES.test(path);
}

/** The path that an address means, `..` and the like resolved; null when it is none or cannot be decoded. */
export function readPath(url: string | undefined): string | null {
  if (!url?.startsWith("/")) return null;
  const raw = url.split(/[?#]/, 1)[0] ?? "";
  try {
    decodeURIComponent(raw);
    return new URL(`http://tollgate.invalid${raw}`).pathname;
  } catch {
    return null;
  }
}

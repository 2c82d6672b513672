import type { IncomingMessage } from "node:http";
import { invalidRequest } from "@/lib/gateway/gateway-error";
import { parseKey } from "@/lib/keys/token";

/** A second Host is a 400 by RFC 9112, section 3.2; this is where all headers are looked through anyway. */
const ONCE = ["authorization", "x-api-key", "api-key", "host"];

/**
 * The credential of a request: `Authorization: Bearer`, `x-api-key` or `api-key`. Where several are sent (some
 * clients send the same one twice, some a proxy's beside ours), the first that looks like one of our keys counts.
 * The same header twice is refused, because servers disagree on which one counts. Null where none was sent.
 */
export function findCredential(req: IncomingMessage): string | null {
  const { headers, rawHeaders } = req;
  refuseDoubled(rawHeaders);
  const candidates: string[] = [];
  const authorization = headers.authorization;
  if (authorization) candidates.push(authorization.replace(/^(?:bearer|token)\s+/i, "").trim());
  for (const name of ["x-api-key", "api-key"] as const) {
    const value = headers[name];
    if (typeof value === "string" && value.trim() !== "") candidates.push(value.trim());
  }
  if (candidates.length <= 1) return candidates[0] || null;
  return candidates.find((text) => parseKey(text) !== null) ?? candidates[0] ?? null;
}

function refuseDoubled(rawHeaders: readonly string[]): void {
  let seen = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const raw = rawHeaders[i] ?? "";
    if (raw.length !== 13 && raw.length !== 9 && raw.length !== 7 && raw.length !== 4) continue;
    const index = ONCE.indexOf(raw.toLowerCase());
    if (index < 0) continue;
    if (seen & (1 << index)) throw invalidRequest(`The header ${ONCE[index]} comes twice. Send it once.`);
    seen |= 1 << index;
  }
}

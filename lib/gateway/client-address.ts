import type { IncomingMessage } from "node:http";
import ipaddr from "ipaddr.js";

/** One spelling per address: IPv4 inside IPv6 is IPv4, no zone, no brackets, no port. Null for anything else. */
function normal(text: string): string | null {
  const bare = text
    .trim()
    .replace(/^\[(.*)\](?::\d+)?$/, "$1")
    .replace(/%.*$/, "");
  return ipaddr.isValid(bare) ? ipaddr.process(bare).toString() : null;
}

/**
 * The address that the outermost trusted proxy saw: with 0 hops the socket's, with n the n-th from the right of
 * X-Forwarded-For, because whatever stands further left was written by the caller.
 */
export function clientAddress(req: IncomingMessage, proxyHops: number): string | null {
  const peer = req.socket.remoteAddress ?? "";
  if (proxyHops === 0) return normal(peer);
  const header = req.headers["x-forwarded-for"];
  const list = (Array.isArray(header) ? header.join(",") : (header ?? ""))
    .split(",")
    .filter((part) => part.trim());
  return normal(list[Math.max(0, list.length - proxyHops)] ?? peer);
}

const parsed = new Map<string, [ipaddr.IPv4 | ipaddr.IPv6, number]>();
const MAX_PARSED = 10_000;

/** Whether an address lies in one of the CIDR ranges; an address that cannot be told lies in none. */
export function inRanges(address: string | null, ranges: readonly string[]): boolean {
  if (address === null) return false;
  const ip = ipaddr.process(address);
  return ranges.some((range) => {
    let network = parsed.get(range);
    if (!network) {
      try {
        network = ipaddr.parseCIDR(range);
      } catch {
        return false;
      }
      if (parsed.size >= MAX_PARSED) parsed.clear();
      parsed.set(range, network);
    }
    return ip.kind() === network[0].kind() && ip.match(network);
  });
}

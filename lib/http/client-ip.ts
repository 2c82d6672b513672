import ipaddr from "ipaddr.js";
import { env } from "@/lib/env";

/** Set by the dashboard's server from the socket, after it has removed any that came from outside. */
export const PEER_HEADER = "x-tollgate-peer";

/** One spelling per address: IPv4 inside IPv6 is written as IPv4. Undefined for anything else. */
function normalAddress(text: string | undefined): string | undefined {
  const bare = text?.trim().replace(/^\[(.*)\](?::\d+)?$/, "$1");
  return bare && ipaddr.isValid(bare) ? ipaddr.process(bare).toString() : undefined;
}

/**
 * The address that the outermost trusted proxy saw. With `hops` 0 that is the socket's; with n, the n-th from
 * the right of X-Forwarded-For, because everything further left was written by the caller.
 */
export function clientIp(
  headers: Pick<Headers, "get">,
  hops: number = env().TOLLGATE_PROXY_HOPS,
): string | undefined {
  const peer = headers.get(PEER_HEADER) ?? undefined;
  if (hops === 0) return normalAddress(peer);
  const forwarded = (headers.get("x-forwarded-for") ?? "").split(",").filter((part) => part.trim() !== "");
  return normalAddress(forwarded[Math.max(0, forwarded.length - hops)] ?? peer);
}

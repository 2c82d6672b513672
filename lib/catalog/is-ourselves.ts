import { networkInterfaces } from "node:os";
import { mayConnect } from "@/lib/catalog/public-address";
import { env } from "@/lib/env";

const portOf = (url: URL) => url.port || (url.protocol === "https:" ? "443" : "80");
const bare = (host: string) => host.replace(/^\[(.*)\]$/, "$1");

function isLoopback(host: string): boolean {
  const name = bare(host);
  if (name === "localhost" || name.endsWith(".localhost") || name === "0.0.0.0" || name === "::") return true;
  return !mayConnect(name, false) && mayConnect(name, true) && (name.startsWith("127.") || name === "::1");
}

/** Whether a host, or an address that it resolves to, is this machine. */
function isThisMachine(host: string): boolean {
  if (isLoopback(host)) return true;
  const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  return own.some(({ address }) => address === bare(host));
}

/**
 * Whether a URL leads back to this installation: by its public names, or by a port of its own on any address of this
 * machine. `resolved`: the addresses behind the URL's name, as far as they are known.
 */
export function isOurselves(address: string, resolved: readonly string[] = []): boolean {
  const url = new URL(address);
  const own = [env().publicUrl, env().publicApiUrl].map((text) => new URL(text));
  if (own.some((mine) => mine.hostname === url.hostname && portOf(mine) === portOf(url))) return true;
  if (![url.hostname, ...resolved].some(isThisMachine)) return false;
  const ports = new Set([String(env().PORT), String(env().GATEWAY_PORT)]);
  for (const mine of own) if (isThisMachine(mine.hostname)) ports.add(portOf(mine));
  return ports.has(portOf(url));
}

import { mayConnect } from "@/lib/catalog/public-address";
import { env } from "@/lib/env";

const portOf = (url: URL) => url.port || (url.protocol === "https:" ? "443" : "80");

function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  if (bare === "localhost" || bare.endsWith(".localhost") || bare === "0.0.0.0" || bare === "::") return true;
  return !mayConnect(bare, false) && mayConnect(bare, true) && (bare.startsWith("127.") || bare === "::1");
}

/** Whether a URL leads back to this installation, by its public names or by a loopback port of its own. */
export function isOurselves(address: string): boolean {
  const url = new URL(address);
  const own = [env().publicUrl, env().publicApiUrl].map((text) => new URL(text));
  if (own.some((mine) => mine.hostname === url.hostname && portOf(mine) === portOf(url))) return true;
  if (!isLoopback(url.hostname)) return false;
  const ports = new Set([String(env().PORT), String(env().GATEWAY_PORT)]);
  for (const mine of own) if (isLoopback(mine.hostname)) ports.add(portOf(mine));
  return ports.has(portOf(url));
}

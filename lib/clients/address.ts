import type { SetupFacts } from "@/lib/clients/types";

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|0\.0\.0\.0|\[::1?\])$/;
const PRIVATE =
  /^(10(\.\d{1,3}){3}|192\.168(\.\d{1,3}){2}|172\.(1[6-9]|2\d|3[01])(\.\d{1,3}){2}|169\.254(\.\d{1,3}){2}|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])(\.\d{1,3}){2}|\[f[cd][0-9a-f]{2}:.*\]|\[fe80:.*\]|[^.]+|.+\.(local|internal|lan|home\.arpa))$/;

/** The origin of an API address, without trailing slashes and without `/v1`. Throws TypeError unless it is http(s). */
export function cleanRoot(url: string): string {
  const { protocol, host, pathname } = new URL(url.trim());
  if (protocol !== "http:" && protocol !== "https:") throw new TypeError("not an http or https address");
  const path = pathname
    .replace(/\/+$/, "")
    .replace(/(\/v1)+$/, "")
    .replace(/['$`\\()!]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${protocol}//${host}${path}`;
}

/** Who can reach an address, judged by its host alone. */
export function reachOf(root: string): SetupFacts["reach"] {
  const { hostname } = new URL(root);
  if (LOOPBACK.test(hostname)) return "loopback";
  return PRIVATE.test(hostname) ? "private" : "public";
}

/** A loopback address as a container reaches it: the host's own name there. Others stay as they are. */
export function dockerAddress(root: string): string {
  if (reachOf(root) !== "loopback") return root;
  const url = new URL(root);
  return `${url.protocol}//host.docker.internal${url.port ? `:${url.port}` : ""}${url.pathname.replace(/\/$/, "")}`;
}

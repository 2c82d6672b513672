/**
 * Whether a state-changing request comes from this site's own pages: its Origin names the host that it was sent
 * to. A browser always sends Origin with a POST; `null` (sandboxed frames, some redirects) and a missing one are
 * refused. Behind a proxy the host is the forwarded one, which a foreign
 * page cannot set. The scheme is that of PUBLIC_URL: with https, a plain page of the same name is foreign.
 */
export function sameOrigin(headers: Pick<Headers, "get">, publicUrl: string): boolean {
  const origin = headers.get("origin");
  if (!origin || origin === "null" || !URL.canParse(origin)) return false;
  const { protocol, host: ownHost } = new URL(publicUrl);
  const asked = new URL(origin);
  if (asked.protocol !== protocol) return false;
  if (asked.host === ownHost) return true;
  const host = headers.get("x-forwarded-host")?.split(",")[0]?.trim() || headers.get("host");
  return asked.host === host;
}

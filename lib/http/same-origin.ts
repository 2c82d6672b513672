/**
 * Whether a state-changing request comes from this site's own pages: its Origin names the host that it was sent
 * to. A browser always sends Origin with a POST; `null` (sandboxed frames, some redirects) and a missing one are
 * refused. Behind a proxy the host is the forwarded one, which a foreign page cannot set.
 */
export function sameOrigin(headers: Pick<Headers, "get">, publicUrl: string): boolean {
  const origin = headers.get("origin");
  if (!origin || origin === "null" || !URL.canParse(origin)) return false;
  if (origin === new URL(publicUrl).origin) return true;
  const host = headers.get("x-forwarded-host")?.split(",")[0]?.trim() || headers.get("host");
  return host !== null && new URL(origin).host === host;
}

/**
 * Whether a request for a page comes from an API client that was given the dashboard's address: browsers never send
 * these. Basic credentials are those of somebody's own proxy.
 */
export function carriesApiKey(headers: Headers): boolean {
  if (headers.has("x-api-key") || headers.has("api-key")) return true;
  return /^bearer\s/i.test(headers.get("authorization") ?? "");
}

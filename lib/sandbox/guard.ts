/** What a stand-in needs to know of a request: node's header record, or anything that is read like one. */
export type HeaderRecord = Record<string, string | string[] | undefined>;

const LOOPBACK_HOST = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;
const FORWARDED = /^(forwarded|x-forwarded-.+|x-real-ip|via|cf-connecting-ip|true-client-ip)$/i;

/**
 * Stand-ins never face a network: a Host that is not loopback (a name that was rebound to this machine), or any sign
 * of a proxy in front, is refused. Answers the reason, or null where the request may pass.
 */
export function refuseForeign(headers: HeaderRecord): string | null {
  const { host } = headers;
  if (typeof host !== "string" || !LOOPBACK_HOST.test(host)) return "stand-ins answer on loopback only";
  const forwarded = Object.keys(headers).find((name) => FORWARDED.test(name) && headers[name] !== undefined);
  return forwarded ? `stand-ins refuse requests that were forwarded (${forwarded.toLowerCase()})` : null;
}

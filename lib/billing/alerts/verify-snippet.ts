/** What a customer pastes to check that an event is from here; the counterpart of `deliverEvents`. Node 18 and later. */
export const VERIFY_WEBHOOK = `import { createHmac, timingSafeEqual } from "node:crypto";

// body: the raw text of the request, before any JSON parser touched it.
// header: the value of x-tollgate-signature.
export function verifyTollgate(body, header, secret = process.env.TOLLGATE_WEBHOOK_SECRET) {
  const match = /^t=(\\d+),v1=([0-9a-f]{64})$/.exec(header ?? "");
  if (!match) return null;
  const [, at, given] = match;
  if (Math.abs(Date.now() / 1000 - Number(at)) > 300) return null;
  const wanted = createHmac("sha256", secret).update(at + "." + body).digest();
  if (!timingSafeEqual(wanted, Buffer.from(given, "hex"))) return null;
  return JSON.parse(body); // { id, type, created_at, data }; the same id may come twice
}
`;

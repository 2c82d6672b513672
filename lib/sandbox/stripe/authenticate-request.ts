import type { IncomingHttpHeaders } from "node:http";
import { StripeFault } from "@/lib/sandbox/stripe/stripe-fault";

/**
 * Refuses a request without a test-mode secret or restricted key, as Stripe does, by Bearer or Basic. Throws
 * StripeFault (401). A live key never passes: this is not Stripe.
 */
export function authenticateRequest(headers: IncomingHttpHeaders): void {
  const key = keyOf(headers.authorization ?? "");
  if (!key) {
    throw unauthorized(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    );
  }
  if (!/^(sk|rk)_test_[A-Za-z0-9_]{1,200}$/.test(key)) {
    throw unauthorized(`Invalid API Key provided: ${key.slice(0, 8)}${"*".repeat(8)}`);
  }
}

function keyOf(authorization: string): string {
  const [scheme = "", value = ""] = authorization.trim().split(/\s+/, 2);
  if (scheme.toLowerCase() === "bearer") return value;
  if (scheme.toLowerCase() !== "basic") return "";
  return Buffer.from(value, "base64").toString("utf8").split(":")[0] ?? "";
}

function unauthorized(message: string): StripeFault {
  return new StripeFault(401, { type: "invalid_request_error", message });
}

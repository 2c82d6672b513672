import { env } from "@/lib/env";

/**
 * The policy of one page: scripts only by this request's nonce; styles may be inline, because Radix and the
 * charts set them; calls only to the dashboard and the gateway; forms only here and to the payment page.
 * Source: https://www.w3.org/TR/CSP3/
 */
export function contentSecurityPolicy(nonce: string): string {
  const { publicUrl, publicApiUrl, production, NODE_ENV, TOLLGATE_SANDBOX_URL } = env();
  const payment = ["https://checkout.stripe.com"];
  if (!production && TOLLGATE_SANDBOX_URL) payment.push(new URL(TOLLGATE_SANDBOX_URL).origin);

  const directives = [
    "default-src 'self'",
    // React's development build evaluates code to rebuild the server's stacks.
    `script-src 'nonce-${nonce}' 'strict-dynamic'${NODE_ENV === "development" ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${new URL(publicApiUrl).origin}`,
    `form-action 'self' ${payment.join(" ")}`,
    "base-uri 'none'",
    "object-src 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
  ];
  if (publicUrl.startsWith("https:")) directives.push("upgrade-insecure-requests");
  return directives.join("; ");
}

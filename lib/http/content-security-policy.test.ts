import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { forgetEnv } from "@/lib/env";
import { contentSecurityPolicy } from "./content-security-policy";

const directive = (name: string) =>
  contentSecurityPolicy("bm9uY2U=")
    .split("; ")
    .find((one) => one.startsWith(`${name} `));

beforeEach(() => {
  vi.stubEnv("NODE_ENV", "production");
  vi.stubEnv("PUBLIC_URL", "http://localhost:3000");
  vi.stubEnv("PUBLIC_API_URL", "http://localhost:4100");
  vi.stubEnv("TOLLGATE_SANDBOX_URL", "http://127.0.0.1:4200");
  forgetEnv();
});
afterEach(() => {
  vi.unstubAllEnvs();
  forgetEnv();
});

describe("the policy of a page", () => {
  it("lets scripts run by nonce alone", () => {
    expect(directive("script-src")).toBe("script-src 'nonce-bm9uY2U=' 'strict-dynamic'");
  });
  it("lets pages call the gateway and nothing else outside", () => {
    expect(directive("connect-src")).toBe("connect-src 'self' http://localhost:4100");
  });
  it("names the payment stand-in only outside production", () => {
    expect(directive("form-action")).toContain("http://127.0.0.1:4200");
    vi.stubEnv("TOLLGATE_ENV", "production");
    forgetEnv();
    expect(directive("form-action")).toBe("form-action 'self' https://checkout.stripe.com");
  });
  it("forbids framing, plugins and a changed base", () => {
    expect(contentSecurityPolicy("x")).toMatch(/base-uri 'none'; object-src 'none'.*frame-ancestors 'none'/);
  });
});

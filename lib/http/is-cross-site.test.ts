import { describe, expect, it } from "vitest";
import { isCrossSite } from "@/lib/http/is-cross-site";

const ask = (method: string, url: string, headers: Record<string, string>) =>
  isCrossSite({ method, url, headers: { host: "tollgate.example", ...headers } }, "https://tollgate.example");

describe("a request from another site's page", () => {
  it.each(["https://evil.test", "null", "http://tollgate.example:81"])(
    "is refused with origin %s",
    (origin) => {
      for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
        expect(ask(method, "/settings", { origin })).toBe(true);
        expect(ask(method, "/api/auth/signout", { origin })).toBe(true);
        expect(ask(method, "/messages-of-mine", { origin })).toBe(true);
      }
    },
  );

  it("is not confused with our own pages, with reading, or with machines", () => {
    expect(ask("POST", "/settings", { origin: "https://tollgate.example" })).toBe(false);
    expect(ask("POST", "/settings", {})).toBe(false);
    expect(ask("GET", "/settings", { origin: "https://evil.test" })).toBe(false);
    expect(ask("OPTIONS", "/v1/models", { origin: "https://evil.test" })).toBe(false);
    for (const url of [
      "/api/stripe/webhook",
      "/v1/chat/completions",
      "/chat/completions?x",
      "/api/v1/keys",
    ]) {
      expect(ask("POST", url, { origin: "https://evil.test" })).toBe(false);
    }
  });
});

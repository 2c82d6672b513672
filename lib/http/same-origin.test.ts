import { describe, expect, it } from "vitest";
import { sameOrigin } from "@/lib/http/same-origin";

const ask = (headers: Record<string, string>, publicUrl = "https://tollgate.example") =>
  sameOrigin(new Headers(headers), publicUrl);

describe("a state-changing request", () => {
  it("may come from this site's own pages, by its public name or the one it was asked under", () => {
    expect(ask({ origin: "https://tollgate.example", host: "10.0.0.5:3000" })).toBe(true);
    const local = { origin: "http://127.0.0.1:3000", host: "127.0.0.1:3000" };
    expect(ask(local, "http://localhost:3000")).toBe(true);
    expect(ask({ origin: "https://a.example", host: "inner", "x-forwarded-host": "a.example" })).toBe(true);
  });

  it.each([
    {},
    { host: "tollgate.example" },
    { origin: "null", host: "tollgate.example" },
    { origin: "https://evil.test", host: "tollgate.example" },
    { origin: "https://tollgate.example.evil.test", host: "tollgate.example" },
    { origin: "https://tollgate.example:8443", host: "tollgate.example" },
    { origin: "http://localhost:3001", host: "localhost:3000" },
    { origin: "http://tollgate.example", host: "tollgate.example" },
    { origin: "nonsense", host: "nonsense" },
  ] as Record<string, string>[])("may not come with %j", (headers) => {
    expect(ask(headers)).toBe(false);
  });
});

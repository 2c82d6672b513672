import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { safeNext } from "@/lib/auth/safe-next";

describe("where to go after signing in", () => {
  it.each(["/overview", "/usage?from=2026-11-01#calls", "/tokens/key_1", "/"])("keeps %j", (path) => {
    expect(safeNext(path)).toBe(path);
  });

  it.each([
    null,
    undefined,
    42,
    "",
    "overview",
    "//evil.test",
    "/\\evil.test",
    "\\\\evil.test",
    "/\t/evil.test",
    "/\n/evil.test",
    " /overview",
    "https://evil.test",
    "javascript:alert(1)",
    "/.//evil.test",
    "/a/..//evil.test",
    "/./\\evil.test",
    `/${"a".repeat(2_000)}`,
  ])("drops %j", (value) => {
    expect(safeNext(value)).toBeNull();
  });

  it("never leads to another origin, over 10,000 strings", () => {
    const piece = fc.constantFrom(
      "/",
      "//",
      "\\",
      "..",
      ".",
      "\t",
      "\n",
      "\r",
      "\0",
      "@",
      ":",
      "?",
      "#",
      "%2f",
      "%5c",
      "evil.test",
      "https:",
      "javascript:",
      "／",
      "。",
      " ",
    );
    const tricky = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
    const anything = fc.oneof(
      tricky,
      tricky.map((text) => `/${text}`),
      fc.string({ unit: "binary" }),
      fc.webUrl(),
    );
    fc.assert(
      fc.property(anything, (value) => {
        const next = safeNext(value);
        if (next === null) return;
        expect(next).toMatch(/^\/(?![/\\])/);
        for (const base of ["https://tollgate.test", "http://localhost:3000/sign-in?next=x"]) {
          expect(new URL(next, base).origin).toBe(new URL(base).origin);
        }
        expect(safeNext(next)).toBe(next);
      }),
      { numRuns: 10_000 },
    );
  }, 60_000);
});

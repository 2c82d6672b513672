import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalizeEmail } from "@/lib/auth/email-address";

describe("an address", () => {
  it.each([
    [" Ada@Example.COM ", "ada@example.com"],
    ["ａｄａ＠example.com", "ada@example.com"],
    ["ada+keys@example.co.uk", "ada+keys@example.co.uk"],
    ["ada@bücher.example", "ada@xn--bcher-kva.example"],
    ["o'neil@example.test", "o'neil@example.test"],
  ])("%j is stored as %j", (typed, stored) => {
    expect(normalizeEmail(typed)).toBe(stored);
  });

  it.each([
    "",
    "ada",
    "@example.com",
    "ada@",
    "ada@localhost",
    "ada@@example.com",
    "ada＠evil.test@example.com",
    "ada﹫evil.test@example.com",
    "ada@example.com\nbcc: eve@evil.test",
    "ada@example.com, eve@evil.test",
    "<ada@example.com>",
    "a b@example.com",
    ".ada@example.com",
    "ada..b@example.com",
    "ada@-example.com",
    "ada@127.0.0.1",
    "ada@[127.0.0.1]",
    "äda@example.com",
    `${"a".repeat(65)}@example.com`,
    `a@${"b".repeat(64)}.com`,
  ])("%j is refused", (typed) => {
    expect(normalizeEmail(typed)).toBeNull();
  });

  it("once normalised stays as it is, with exactly one at sign and nothing that breaks a header", () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string({ unit: "binary" })), (typed) => {
        const address = normalizeEmail(typed);
        if (address === null) return;
        expect(normalizeEmail(address)).toBe(address);
        expect(address).toMatch(/^[\x21-\x7e]+$/);
        expect(address.split("@")).toHaveLength(2);
      }),
      { numRuns: 2_000 },
    );
  }, 60_000);
});

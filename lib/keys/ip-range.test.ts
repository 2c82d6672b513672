import { describe, expect, it } from "vitest";
import { isEveryone, normalRange } from "./ip-range";

describe("an address range", () => {
  it("has one spelling", () => {
    const spellings: Record<string, string> = {
      "203.0.113.7": "203.0.113.7/32",
      " 10.1.2.3/8 ": "10.0.0.0/8",
      "0.0.0.0/0": "0.0.0.0/0",
      "::ffff:192.0.2.1": "192.0.2.1/32",
      "::ffff:192.0.2.1/120": "192.0.2.0/24",
      "2001:DB8::1/32": "2001:db8::/32",
      "::1": "::1/128",
      "::ffff:c000:201": "192.0.2.1/32",
      "::ffff:0:0/96": "0.0.0.0/0",
      "2001:db8::ffff/64": "2001:db8::/64",
    };
    for (const [text, normal] of Object.entries(spellings)) expect(normalRange(text), text).toBe(normal);
  });

  it("is refused when programs could disagree on it, or it is none", () => {
    for (const text of [
      "",
      "300.1.1.1",
      "10.1",
      "010.0.0.1",
      "0x7f.0.0.1",
      "2130706433",
      "10.0.0.0/33",
      "10.0.0.0/-1",
      "10.0.0.0/",
      "10.0.0.0/8/8",
      "fe80::1%eth0",
      "::/129",
      "example.com",
      "10.0.0.0/ 8",
      "::ffff:192.0.2.1/24",
      "::ffff:300.1.1.1",
    ]) {
      expect(normalRange(text), JSON.stringify(text)).toBeNull();
    }
  });

  it("can mean everyone", () => {
    expect([isEveryone("0.0.0.0/0"), isEveryone("::/0"), isEveryone("10.0.0.0/8")]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { clientAddress, inRanges } from "./client-address";

const from = (remoteAddress: string, forwarded?: string) =>
  ({
    socket: { remoteAddress },
    headers: forwarded ? { "x-forwarded-for": forwarded } : {},
  }) as unknown as IncomingMessage;

describe("the caller's address", () => {
  it("is the socket's, whatever is forwarded, where no proxy is trusted", () => {
    expect(clientAddress(from("::ffff:192.0.2.7", "10.0.0.1"), 0)).toBe("192.0.2.7");
    expect(clientAddress(from("fe80::1%eth0"), 0)).toBe("fe80::1");
  });

  it("is the n-th from the right behind n proxies, which no caller can write", () => {
    expect(clientAddress(from("10.0.0.9", "6.6.6.6, 192.0.2.7"), 1)).toBe("192.0.2.7");
    expect(clientAddress(from("10.0.0.9", "6.6.6.6, 192.0.2.7, 10.0.0.3"), 2)).toBe("192.0.2.7");
    expect(clientAddress(from("10.0.0.9", "192.0.2.7"), 3)).toBe("192.0.2.7");
    expect(clientAddress(from("10.0.0.9"), 1)).toBe("10.0.0.9");
    expect(clientAddress(from("10.0.0.9", "not an address"), 1)).toBeNull();
  });
});

describe("ranges", () => {
  it("hold the addresses of their network and kind", () => {
    expect(inRanges("192.0.2.7", ["192.0.2.0/24"])).toBe(true);
    expect(inRanges("192.0.3.7", ["192.0.2.0/24", "2001:db8::/32"])).toBe(false);
    expect(inRanges("2001:db8::5", ["192.0.2.0/24", "2001:db8::/32"])).toBe(true);
    expect(inRanges("192.0.2.7", ["192.0.2.7/32"])).toBe(true);
    expect(inRanges(null, ["0.0.0.0/0"])).toBe(false);
    expect(inRanges("192.0.2.7", ["broken"])).toBe(false);
  });
});

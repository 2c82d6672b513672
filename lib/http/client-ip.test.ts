import { describe, expect, it } from "vitest";
import { clientIp } from "@/lib/http/client-ip";

const ask = (headers: Record<string, string>, hops: number) => clientIp(new Headers(headers), hops);
const PEER = { "x-tollgate-peer": "192.0.2.10" };

describe("the caller's address", () => {
  it("is the socket's without a proxy, whatever the caller claims", () => {
    expect(ask({ ...PEER, "x-forwarded-for": "203.0.113.1" }, 0)).toBe("192.0.2.10");
    expect(ask({ "x-tollgate-peer": "::ffff:192.0.2.10" }, 0)).toBe("192.0.2.10");
    expect(ask({ "x-tollgate-peer": "2001:DB8::1" }, 0)).toBe("2001:db8::1");
  });

  it("is what the outermost trusted proxy saw, not what the caller wrote before it", () => {
    const chain = { ...PEER, "x-forwarded-for": "203.0.113.66, 198.51.100.7, 10.0.0.2" };
    expect(ask(chain, 1)).toBe("10.0.0.2");
    expect(ask(chain, 2)).toBe("198.51.100.7");
    expect(ask({ ...PEER, "x-forwarded-for": "[2001:db8::5]:4711" }, 1)).toBe("2001:db8::5");
  });

  it("falls back to the socket when the proxy says nothing", () => {
    expect(ask(PEER, 1)).toBe("192.0.2.10");
  });

  it("is unknown rather than made up", () => {
    expect(ask({}, 0)).toBeUndefined();
    expect(ask({ "x-tollgate-peer": "nonsense" }, 0)).toBeUndefined();
    expect(ask({ ...PEER, "x-forwarded-for": "<script>" }, 1)).toBeUndefined();
  });
});

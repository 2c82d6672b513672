import { describe, expect, it } from "vitest";
import { refuseForeign } from "@/lib/sandbox/guard";
import { stripOwnForwarding } from "@/lib/sandbox/strip-own-forwarding";

const OWN: Record<string, string> = {
  host: "localhost:3000",
  "x-forwarded-host": "localhost:3000",
  "x-forwarded-port": "3000",
  "x-forwarded-proto": "http",
  "x-forwarded-for": "::ffff:127.0.0.1",
};

const FOREIGN: Record<string, string>[] = [
  { "x-forwarded-for": "203.0.113.9" },
  { "x-forwarded-for": "127.0.0.1, 203.0.113.9" },
  { "x-forwarded-for": "" },
  { "x-forwarded-host": "tollgate.example.com" },
  { "x-forwarded-host": "localhost:3001" },
  { "x-forwarded-proto": "https" },
  { "x-forwarded-prefix": "/" },
  { forwarded: "for=127.0.0.1" },
  { host: "tollgate.example.com", "x-forwarded-host": "tollgate.example.com" },
];

describe("the outbox behind Next, which forwards to itself", () => {
  it("answers a direct request of this machine", () => {
    expect(refuseForeign(stripOwnForwarding(new Headers(OWN)))).toBeNull();
  });

  it.each(FOREIGN)("refuses one with %j", (foreign) => {
    expect(refuseForeign(stripOwnForwarding(new Headers({ ...OWN, ...foreign })))).not.toBeNull();
  });
});

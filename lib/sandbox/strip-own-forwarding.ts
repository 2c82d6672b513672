import ipaddr from "ipaddr.js";
import type { HeaderRecord } from "@/lib/sandbox/guard";

function isLoopbackAddress(text: string): boolean {
  const address = text.trim();
  return ipaddr.isValid(address) && ipaddr.process(address).range() === "loopback";
}

/**
 * Next writes x-forwarded-* into every request before a page sees it. Takes out what it writes for a direct
 * request of this machine, so that `refuseForeign` still sees what a proxy or a tunnel wrote.
 */
export function stripOwnForwarding(headers: Headers): HeaderRecord {
  const kept: HeaderRecord = Object.fromEntries(headers);
  const own: Record<string, (value: string) => boolean> = {
    "x-forwarded-host": (value) => value === headers.get("host"),
    "x-forwarded-port": (value) => /^\d+$/.test(value),
    "x-forwarded-proto": (value) => value === "http",
    "x-forwarded-for": (value) => value.split(",").every(isLoopbackAddress),
  };
  for (const [name, isOwn] of Object.entries(own)) {
    const value = headers.get(name);
    if (value !== null && isOwn(value)) delete kept[name];
  }
  return kept;
}

import ipaddr from "ipaddr.js";

/**
 * Whether an address may be connected to. Public ones always; private, loopback and carrier-grade ones where the
 * connection allows private networks; link-local ones (cloud metadata), multicast and reserved ones never.
 */
export function mayConnect(address: string, allowPrivate: boolean): boolean {
  const bare = address.replace(/^\[(.*)\]$/, "$1").replace(/%.*$/, "");
  if (!ipaddr.isValid(bare)) return false;
  const range = ipaddr.process(bare).range();
  if (range === "unicast") return true;
  return allowPrivate && ["private", "loopback", "uniqueLocal", "carrierGradeNat"].includes(range);
}

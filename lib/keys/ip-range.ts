import ipaddr from "ipaddr.js";

/**
 * One spelling for an address or a CIDR range: the network's first address, IPv4 inside IPv6 as IPv4, and a
 * prefix length always. Null for anything else. Shorthands (`10.1`, octal and hexadecimal parts) are refused,
 * because programs disagree on what they mean.
 */
export function normalRange(text: string): string | null {
  const [address = "", bits, ...rest] = text.trim().split("/");
  if (rest.length > 0) return null;
  if (!ipaddr.IPv4.isValidFourPartDecimal(address) && !ipaddr.IPv6.isValid(address)) return null;
  if (address.includes("%")) return null;
  const given = ipaddr.parse(address);
  const width = given.kind() === "ipv4" ? 32 : 128;
  if (bits !== undefined && (!/^\d{1,3}$/.test(bits) || Number(bits) > width)) return null;
  const length = bits === undefined ? width : Number(bits);
  if (given instanceof ipaddr.IPv6 && given.isIPv4MappedAddress()) {
    // `::ffff:1.2.3.4/24` would mean a network that no caller comes from, and means 1.2.3.0/24 to who writes it.
    return length >= 96 ? network(given.toIPv4Address(), length - 96) : null;
  }
  return network(given, length);
}

function network(address: ipaddr.IPv4 | ipaddr.IPv6, length: number): string {
  const cidr = `${address.toString()}/${length}`;
  const first =
    address instanceof ipaddr.IPv4
      ? ipaddr.IPv4.networkAddressFromCIDR(cidr)
      : ipaddr.IPv6.networkAddressFromCIDR(cidr);
  return `${first.toString()}/${length}`;
}

/** Whether a range lets everyone in, which is worth a warning. */
export function isEveryone(range: string): boolean {
  return range.endsWith("/0");
}

import { knownZone, sameZone } from "@/lib/usage/zone-days";

/** The zone that a URL's `zone` names, else the person's own; one that nobody knows is named as a problem. */
export function parseZone(
  input: { zone?: string | undefined },
  own: string,
): { zone: string; problem: "zone" | null } {
  const wanted = input.zone?.trim();
  if (!wanted) return { zone: knownZone(own), problem: null };
  // Not an offset such as +05:30, which has no days that a calendar knows.
  const known = /^[A-Za-z]/.test(wanted) && wanted.length <= 64 && sameZone(wanted) !== null;
  return known ? { zone: wanted, problem: null } : { zone: knownZone(own), problem: "zone" };
}

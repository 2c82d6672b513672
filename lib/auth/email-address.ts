import { domainToASCII } from "node:url";
import { z } from "zod";

const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^(?=.{3,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/**
 * The one spelling under which an address is stored and looked up: NFKC, lower case, its domain in ASCII. Null
 * unless it is deliverable as typed. Normalised before anything is checked, because NFKC turns look-alikes of
 * the at sign into a real one, which could send a mail elsewhere (CVE-2026-73420).
 */
export function normalizeEmail(typed: string): string | null {
  const address = typed.trim().normalize("NFKC").toLowerCase();
  const at = address.indexOf("@");
  if (at < 1 || at !== address.lastIndexOf("@")) return null;
  const local = address.slice(0, at);
  const domain = domainToASCII(address.slice(at + 1));
  if (local.length > 64 || !LOCAL.test(local) || !DOMAIN.test(domain)) return null;
  return `${local}@${domain}`;
}

/** For forms: the normalised address, or `invalidEmail` by the field. */
export const EmailSchema = z
  .string()
  .trim()
  .min(1, "required")
  .max(320, "tooLong")
  .transform((typed, check) => {
    const address = normalizeEmail(typed);
    if (address) return address;
    check.addIssue({ code: "custom", message: "invalidEmail" });
    return z.NEVER;
  });

import { createHash } from "node:crypto";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import common from "./common-passwords.json";

/** As the only factor: NIST SP 800-63B-4 asks for 15. Counted in characters, never trimmed or changed. */
export const PASSWORD_MIN = 15;
export const PASSWORD_MAX = 128;

/** For forms: the length, so that it is told together with what is wrong elsewhere; the rest is for the verb. */
export const NewPasswordSchema = z
  .string()
  .min(1, "required")
  .max(1_024, "tooLong")
  .superRefine((password, check) => {
    const length = [...password].length;
    if (length === 0 || length >= PASSWORD_MIN) return;
    check.addIssue({ code: "custom", message: "passwordTooShort", params: { min: PASSWORD_MIN, length } });
  });

/** A unit this long or shorter, repeated to fill the whole password, is no password. */
const LONGEST_REPEATED_UNIT = 8;
const SEQUENCES = ["abcdefghijklmnopqrstuvwxyz", "0123456789", "qwertyuiopasdfghjklzxcvbnm"];

const digests = Buffer.from(common.digests, "base64");

function isCommon(password: string): boolean {
  const wanted = createHash("sha256").update(password).digest().subarray(0, common.digestBytes);
  for (let at = 0; at < digests.length; at += common.digestBytes) {
    if (digests.subarray(at, at + common.digestBytes).equals(wanted)) return true;
  }
  return false;
}

function isRepeated(password: string): boolean {
  for (let unit = 1; unit <= Math.min(LONGEST_REPEATED_UNIT, password.length / 2); unit += 1) {
    const repeated = password.slice(0, unit).repeat(Math.ceil(password.length / unit));
    if (repeated.startsWith(password)) return true;
  }
  return false;
}

function isSequence(password: string): boolean {
  return SEQUENCES.some((sequence) => {
    const endless = sequence.repeat(Math.ceil(password.length / sequence.length) + 1);
    return endless.includes(password) || [...endless].reverse().join("").includes(password);
  });
}

/** What is left when the parts that anyone would guess of this person and this product are taken out. */
function withoutContext(password: string, email: string): string {
  const [local = "", domain = ""] = email.split("@");
  const words = [email, local, domain, domain.split(".")[0] ?? "", "tollgate", "password"];
  return words.filter((word) => word.length >= 3).reduce((rest, word) => rest.replaceAll(word, ""), password);
}

/**
 * Throws `invalid_input` on the field `password` unless it has 15 to 128 characters, is not among the most used
 * ones, no repetition or keyboard sequence, and more than the address and the product's name. No other rules.
 */
export function checkNewPassword(password: string, email: string): void {
  const refuse = (message: string, values = {}) =>
    new AppError("invalid_input", message, { field: "password", values });
  const length = [...password].length;
  if (length < PASSWORD_MIN) throw refuse("passwordTooShort", { min: PASSWORD_MIN, length });
  if (length > PASSWORD_MAX) throw refuse("passwordTooLong", { max: PASSWORD_MAX });
  const plain = password.toLowerCase();
  if (isCommon(plain) || isRepeated(plain) || isSequence(plain)) throw refuse("passwordCommon");
  const rest = withoutContext(plain, email).replace(/[\d\s\p{P}\p{S}]/gu, "");
  const letters = plain.replace(/[\d\s\p{P}\p{S}]/gu, "");
  if (letters.length > 0 && rest.length < 4 && rest.length < letters.length)
    throw refuse("passwordGuessable");
}

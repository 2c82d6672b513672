import { type Algorithm, hash, type Options, verify } from "@node-rs/argon2";
import { limitAtOnce } from "@/lib/auth/limit-at-once";

/** OWASP's and NIST's floor for argon2id: 19 MiB, two passes, one lane; about 25 ms here. */
const OPTIONS: Options = {
  algorithm: 2 as Algorithm.Argon2id,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
};

/** At most four at once, so that a flood of sign-ins can take neither the memory nor every core. */
const inTurn = limitAtOnce(4);

/** The PHC string of argon2id with a random salt. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, OPTIONS));
}

let dummy: Promise<string> | undefined;

/**
 * Whether the password fits. Without a hash (no such account) it works just as long on a dummy and answers
 * false, so that the time tells nobody which addresses have an account.
 */
export async function checkPassword(passwordHash: string | null, password: string): Promise<boolean> {
  dummy ??= hashPassword("no account has this password");
  const against = passwordHash ?? (await dummy);
  const fits = await inTurn(() => verify(against, password));
  return passwordHash !== null && fits;
}

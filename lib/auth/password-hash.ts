import { type Algorithm, hash, type Options, verify } from "@node-rs/argon2";

/** OWASP's and NIST's floor for argon2id: 19 MiB, two passes, one lane; about 25 ms here. */
const OPTIONS: Options = {
  algorithm: 2 as Algorithm.Argon2id,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
};

/** At most this many at once, so that a flood of sign-ins can take neither the memory nor every core. */
const AT_ONCE = 4;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

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

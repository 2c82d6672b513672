import { pool } from "@/lib/db";
import { env } from "@/lib/env";
import { readKeyRecord } from "@/lib/keys/key-record";
import { candidateDigests, parseKey, parsePeppers } from "@/lib/keys/token";
import { judgeKey } from "@/lib/keys/verify-key";

/** The models that a key is limited to, an empty list for all; null for a key that does not work here. */
export async function findAllowedModels(secret: string): Promise<string[] | null> {
  if (parseKey(secret) === null) return null;
  const peppers = parsePeppers(env().TOLLGATE_KEY_PEPPER);
  const verdict = judgeKey(await readKeyRecord(pool(), candidateDigests(secret, peppers)), Date.now());
  return verdict.ok ? [...(verdict.key.models ?? [])] : null;
}

import type { Tx } from "@/lib/db";
import { env } from "@/lib/env";
import { newId } from "@/lib/ids";
import { digestKey, makeKey, maskKey, parsePeppers } from "@/lib/keys/token";
import type { KeyKind } from "@/prisma/generated/client";

/** What there is of a new secret: the row to store, which holds its digest alone, and the secret itself. */
export interface FreshSecret {
  secret: string;
  row: {
    id: string;
    keyId: string;
    digest: Uint8Array<ArrayBuffer>;
    pepperVersion: number;
    prefix: string;
    lastFour: string;
    createdAt: Date;
  };
}

/** Makes a secret for a key. What it returns as `secret` exists nowhere else and is shown once. */
export function freshSecret(key: { id: string; kind: KeyKind }, at: Date): FreshSecret {
  const secret = makeKey(key.kind);
  const { digest, pepperVersion } = digestKey(secret, parsePeppers(env().TOLLGATE_KEY_PEPPER));
  const row = {
    id: newId("sec"),
    keyId: key.id,
    digest: new Uint8Array(digest),
    pepperVersion,
    ...maskKey(secret),
    createdAt: at,
  };
  return { secret, row };
}

/** Makes a secret and stores its digest. */
export async function insertSecret(
  tx: Tx,
  key: { id: string; kind: KeyKind },
  at: Date,
): Promise<{ secretId: string; secret: string; prefix: string; lastFour: string }> {
  const { secret, row } = freshSecret(key, at);
  await tx.keySecret.create({ data: row });
  return { secretId: row.id, secret, prefix: row.prefix, lastFour: row.lastFour };
}

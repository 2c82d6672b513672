import type { Tx } from "@/lib/db";
import { env } from "@/lib/env";
import { newId } from "@/lib/ids";
import { digestKey, makeKey, maskKey, parsePeppers } from "@/lib/keys/token";
import type { KeyKind } from "@/prisma/generated/client";

/** Makes a secret and stores its digest. What it returns exists nowhere else and is shown once. */
export async function insertSecret(
  tx: Tx,
  key: { id: string; kind: KeyKind },
  at: Date,
): Promise<{ secretId: string; secret: string; prefix: string; lastFour: string }> {
  const secret = makeKey(key.kind);
  const { digest, pepperVersion } = digestKey(secret, parsePeppers(env().TOLLGATE_KEY_PEPPER));
  const secretId = newId("sec");
  const mask = maskKey(secret);
  await tx.keySecret.create({
    data: {
      id: secretId,
      keyId: key.id,
      digest: new Uint8Array(digest),
      pepperVersion,
      ...mask,
      createdAt: at,
    },
  });
  return { secretId, secret, ...mask };
}

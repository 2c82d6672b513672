import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { announceCatalog } from "@/lib/catalog/announce-catalog";
import { NewConnection, type NewConnectionInput } from "@/lib/catalog/connection-input";
import { sealConnectionHeaders, sealConnectionKey } from "@/lib/catalog/connection-secrets";
import { refuseAddress } from "@/lib/catalog/refuse-address";
import { requireOperator } from "@/lib/catalog/require-operator";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";

/**
 * Adds an upstream, its key and headers encrypted. Throws ZodError or invalid_input by field, forbidden, and
 * conflict when the name is taken. A name that does not resolve yet is accepted: every connect checks again.
 */
export async function addConnection(
  ctx: Ctx,
  input: NewConnectionInput,
): Promise<{ id: string; name: string; baseUrl: string }> {
  requireOperator(ctx);
  const wanted = NewConnection.parse(input);
  await refuseAddress(wanted.baseUrl, wanted.allowPrivate);

  const id = newId("con");
  return db().$transaction(async (tx) => {
    const taken = await tx.connection.findUnique({ where: { name: wanted.name }, select: { id: true } });
    if (taken)
      throw new AppError("conflict", "connectionTaken", { field: "name", values: { name: wanted.name } });
    await tx.connection.create({
      data: {
        id,
        name: wanted.name,
        kind: wanted.kind,
        baseUrl: wanted.baseUrl,
        apiVersion: wanted.apiVersion,
        dialects: wanted.dialects,
        keyCipher: wanted.key ? sealConnectionKey(id, wanted.key) : null,
        headersCipher:
          Object.keys(wanted.headers).length > 0 ? sealConnectionHeaders(id, wanted.headers) : null,
        allowPrivate: wanted.allowPrivate,
        firstByteTimeoutMs: wanted.firstByteTimeoutMs,
        plainTimeoutMs: wanted.plainTimeoutMs,
        idleTimeoutMs: wanted.idleTimeoutMs,
      },
    });
    await writeAudit(tx, ctx, {
      action: "connection.add",
      target: id,
      after: {
        name: wanted.name,
        kind: wanted.kind,
        url: wanted.baseUrl,
        allowPrivate: wanted.allowPrivate,
        hasKey: Boolean(wanted.key),
        headers: Object.keys(wanted.headers),
      },
    });
    await announceCatalog(tx);
    return { id, name: wanted.name, baseUrl: wanted.baseUrl };
  });
}

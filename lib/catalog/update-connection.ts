import { z } from "zod";
import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { announceCatalog } from "@/lib/catalog/announce-catalog";
import { NewConnection, type NewConnectionInput } from "@/lib/catalog/connection-input";
import { sealConnectionHeaders, sealConnectionKey } from "@/lib/catalog/connection-secrets";
import { refuseAddress } from "@/lib/catalog/refuse-address";
import { requireOperator } from "@/lib/catalog/require-operator";
import { db } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import type { Connection } from "@/prisma/generated/client";

const Switches = z.object({ name: z.string().trim().min(1), enabled: z.boolean().optional() });

/** What is not given stays; headers are replaced as a whole. Its kind is for good. */
export type ConnectionChange = z.input<typeof Switches> & Partial<Omit<NewConnectionInput, "name" | "kind">>;

/**
 * Changes an upstream, named by its name; calls that run keep what they began with. A key is never sent to another
 * host by itself: a new address elsewhere wants it again. Throws ZodError or invalid_input by field, forbidden,
 * not_found.
 */
export async function updateConnection(ctx: Ctx, input: ConnectionChange): Promise<{ baseUrl: string }> {
  requireOperator(ctx);
  const { name, enabled } = Switches.parse(input);
  const row = await db().connection.findUnique({ where: { name } });
  if (!row) throw notFound("connection");
  const wanted = merge(row, input);
  if (wanted.baseUrl !== row.baseUrl || wanted.allowPrivate !== row.allowPrivate)
    await refuseAddress(wanted.baseUrl, wanted.allowPrivate);
  const moved = new URL(wanted.baseUrl).origin !== new URL(row.baseUrl).origin;
  if (moved && row.keyCipher && !input.key) throw new AppError("invalid_input", "keyAgain", { field: "key" });
  if (moved && row.headersCipher && input.headers === undefined)
    throw new AppError("invalid_input", "keyAgain", { field: "headers" });

  const changes = {
    baseUrl: wanted.baseUrl,
    apiVersion: wanted.apiVersion,
    dialects: wanted.dialects,
    allowPrivate: wanted.allowPrivate,
    firstByteTimeoutMs: wanted.firstByteTimeoutMs,
    plainTimeoutMs: wanted.plainTimeoutMs,
    idleTimeoutMs: wanted.idleTimeoutMs,
    enabled: enabled ?? row.enabled,
  };
  const { id } = row;
  const sealed = {
    ...(input.key ? { keyCipher: sealConnectionKey(id, input.key.trim()) } : {}),
    ...(input.headers === undefined
      ? {}
      : {
          headersCipher:
            Object.keys(wanted.headers).length > 0 ? sealConnectionHeaders(id, wanted.headers) : null,
        }),
  };
  await db().$transaction(async (tx) => {
    await tx.connection.update({ where: { id }, data: { ...changes, ...sealed } });
    const before = Object.fromEntries(
      Object.keys(changes).map((field) => [field, row[field as keyof Connection]]),
    );
    const after = { ...changes, newKey: Boolean(input.key), newHeaders: input.headers !== undefined };
    await writeAudit(tx, ctx, { action: "connection.change", target: id, before, after });
    await announceCatalog(tx);
  });
  return { baseUrl: wanted.baseUrl };
}

/** The row with the changes in it, through the same checks as a new one. */
function merge(row: Connection, input: ConnectionChange) {
  const { url } = input;
  const asksVersion = url !== undefined && /[?&]api-version=/.test(url);
  const wanted = NewConnection.parse({
    name: row.name,
    kind: row.kind.replace("_", "-"),
    url: url ?? row.baseUrl,
    key: input.key,
    headers: input.headers ?? [],
    apiVersion: input.apiVersion ?? (asksVersion ? null : row.apiVersion),
    dialects: input.dialects ?? row.dialects,
    allowPrivate: input.allowPrivate ?? row.allowPrivate,
    firstByteTimeoutMs: input.firstByteTimeoutMs ?? row.firstByteTimeoutMs,
    plainTimeoutMs: input.plainTimeoutMs ?? row.plainTimeoutMs,
    idleTimeoutMs: input.idleTimeoutMs ?? row.idleTimeoutMs,
  });
  // What was kept is not read a second time: an address without /v1 would get one.
  return url === undefined ? { ...wanted, baseUrl: row.baseUrl } : wanted;
}

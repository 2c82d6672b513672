import { z } from "zod";
import type { Ctx } from "@/lib/actor";
import { openConnectionHeaders, openConnectionKey } from "@/lib/catalog/connection-secrets";
import { dialectsOf } from "@/lib/catalog/dialects";
import { openPool } from "@/lib/catalog/dispatcher";
import { isOurselves } from "@/lib/catalog/is-ourselves";
import { type ProbeStep, probeUpstream } from "@/lib/catalog/probe-upstream";
import { requireOperator } from "@/lib/catalog/require-operator";
import type { CatalogConnection } from "@/lib/catalog/types";
import { db } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";

const Input = z.object({
  name: z.string().trim().min(1),
  /** Which model to ask, as the upstream names it; by default that of its first route, or the first it lists. */
  upstreamId: z.string().trim().min(1).optional(),
});

export interface ConnectionTest {
  name: string;
  /** The model that was asked; null when none could be found. */
  upstreamId: string | null;
  ok: boolean;
  steps: ProbeStep[];
}

/**
 * Tries a connection for real: its models, a call, a stream, a tool call and prompt caching; costs a few tokens
 * upstream. Throws ZodError, forbidden, not_found, and unavailable when the address may not be connected to.
 */
export async function testConnection(ctx: Ctx, input: z.input<typeof Input>): Promise<ConnectionTest> {
  requireOperator(ctx);
  const { name, upstreamId } = Input.parse(input);
  const row = await db().connection.findUnique({
    where: { name },
    include: {
      routes: { orderBy: { createdAt: "asc" }, include: { model: { select: { kind: true } } } },
    },
  });
  if (!row) throw notFound("connection");
  if (isOurselves(row.baseUrl)) throw new AppError("invalid_input", "connectionToSelf", { field: "url" });
  const connection: CatalogConnection = {
    ...row,
    dialects: dialectsOf(row),
    key: row.keyCipher ? openConnectionKey(row.id, row.keyCipher) : null,
    headers: row.headersCipher ? openConnectionHeaders(row.id, row.headersCipher) : {},
  };
  const pool = openPoolOrRefuse(connection);
  try {
    const asked = row.routes.find((route) => upstreamId === undefined || route.upstreamId === upstreamId);
    const probed = await probeUpstream(pool, connection, {
      upstreamId: upstreamId ?? asked?.upstreamId ?? null,
      kind: asked?.model.kind ?? "chat",
    });
    return { name, ...probed };
  } finally {
    await pool.destroy();
  }
}

function openPoolOrRefuse(connection: CatalogConnection) {
  try {
    return openPool(connection);
  } catch (cause) {
    throw new AppError("unavailable", "privateAddress", {
      field: "url",
      values: { address: new URL(connection.baseUrl).hostname },
      cause,
    });
  }
}

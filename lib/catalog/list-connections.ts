import type { Ctx } from "@/lib/actor";
import { dialectsOf, type UpstreamDialect } from "@/lib/catalog/dialects";
import { requireOperator } from "@/lib/catalog/require-operator";
import { db } from "@/lib/db";

/** A connection as the operator sees it: whether it has a key, never the key. */
export interface ConnectionView {
  id: string;
  name: string;
  kind: string;
  baseUrl: string;
  apiVersion: string | null;
  /** What it speaks, by its settings or by its kind and host. */
  dialects: UpstreamDialect[];
  hasKey: boolean;
  hasHeaders: boolean;
  allowPrivate: boolean;
  enabled: boolean;
  models: string[];
  createdAt: Date;
}

/** Every upstream, by name. Throws forbidden. */
export async function listConnections(ctx: Ctx): Promise<ConnectionView[]> {
  requireOperator(ctx);
  const rows = await db().connection.findMany({
    orderBy: { name: "asc" },
    include: { routes: { select: { modelId: true }, orderBy: { modelId: "asc" } } },
  });
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    kind: row.kind.replace("_", "-"),
    baseUrl: row.baseUrl,
    apiVersion: row.apiVersion,
    dialects: [...dialectsOf(row)],
    hasKey: row.keyCipher !== null,
    hasHeaders: row.headersCipher !== null,
    allowPrivate: row.allowPrivate,
    enabled: row.enabled,
    models: [...new Set(row.routes.map((route) => route.modelId))],
    createdAt: row.createdAt,
  }));
}

import { z } from "zod";
import type { Ctx } from "@/lib/actor";
import { db } from "@/lib/db";
import { FROM_SQL, ROW_SQL, STATUS_IS_SQL } from "@/lib/keys/key-query";
import { type KeyRow, loadViews } from "@/lib/keys/load-views";
import { requirePerson } from "@/lib/keys/require-manager";
import { KEY_SORTS, KEY_STATUSES, type KeySort, type KeyView } from "@/lib/keys/types";
import { Prisma } from "@/prisma/generated/client";

const ORDER: Record<KeySort, Prisma.Sql> = {
  newest: Prisma.sql`k.created_at DESC, k.id`,
  name: Prisma.sql`lower(k.name), k.created_at DESC, k.id`,
  used: Prisma.sql`k.last_used_at DESC NULLS LAST, k.created_at DESC, k.id`,
};

const Filter = z.object({
  /** Part of a name, or the last four characters of a living secret, or an id. */
  search: z.string().max(100).default(""),
  status: z.enum(KEY_STATUSES).optional(),
  sort: z.enum(KEY_SORTS).default("newest"),
  /** From 1. */
  page: z.number().int().min(1).max(100_000).default(1),
  pageSize: z.number().int().min(1).max(1_000).default(50),
  /** Whose midnight "today" and "this month" begin at. */
  timeZone: z.string().max(64).default("UTC"),
});
export type KeyFilter = z.input<typeof Filter>;

export interface KeyPage {
  keys: KeyView[];
  /** How many match, on all pages. */
  matching: number;
  /** How many the workspace has, whatever the filter. */
  total: number;
}

/** The workspace's API keys, a page at a time, with what they may and did spend. Never a digest. Throws ZodError. */
export async function listKeys(ctx: Ctx, filter: KeyFilter = {}): Promise<KeyPage> {
  requirePerson(ctx);
  const { search, status, sort, page, pageSize, timeZone } = Filter.parse(filter);
  const where = [Prisma.sql`k.workspace_id = ${ctx.workspaceId} AND k.kind = 'inference' AND NOT k.hidden`];
  const wanted = search.replaceAll("\0", "").trim();
  if (wanted !== "") {
    where.push(Prisma.sql`(
      position(lower(${wanted}) IN lower(k.name)) > 0 OR k.id = ${wanted}
      OR k.id IN (SELECT s.key_id FROM key_secrets s WHERE s.last_four = right(${wanted}, 4)
                     AND coalesce(s.ends_at > now(), true)))`);
  }
  if (status) where.push(STATUS_IS_SQL[status]);
  const condition = Prisma.join(where, " AND ");

  const rows = await db().$queryRaw<KeyRow[]>`
    SELECT ${ROW_SQL} FROM ${FROM_SQL} WHERE ${condition}
     ORDER BY ${ORDER[sort]} LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize}`;
  const counts = await db().$queryRaw<{ matching: bigint; total: bigint }[]>`
    SELECT count(*) FILTER (WHERE ${condition}) AS matching, count(*) AS total
      FROM keys k WHERE k.workspace_id = ${ctx.workspaceId} AND k.kind = 'inference' AND NOT k.hidden`;
  return {
    keys: await loadViews(db(), ctx.workspaceId, rows, timeZone),
    matching: Number(counts[0]?.matching ?? 0n),
    total: Number(counts[0]?.total ?? 0n),
  };
}

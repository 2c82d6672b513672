import { z } from "zod";
import type { Ctx } from "@/lib/actor";
import { db } from "@/lib/db";
import { NEED_SQL, orderOf } from "@/lib/keys/key-order";
import { type KeyPlace, parsePlace, writePlace } from "@/lib/keys/key-place";
import { DISABLED_SQL, FROM_SQL, ROW_SQL, STATUS_IS_SQL } from "@/lib/keys/key-query";
import { KEY_NEEDS, KEY_ORDERS, type KeyOrder } from "@/lib/keys/list-choices";
import { type KeyRow, loadViews } from "@/lib/keys/load-views";
import { requirePerson } from "@/lib/keys/require-manager";
import { KEY_STATUSES, type KeyView } from "@/lib/keys/types";
import { Prisma } from "@/prisma/generated/client";

const Filter = z.object({
  /** Part of a name, or the last four characters of a living secret, or an id. */
  search: z.string().max(100).default(""),
  status: z.enum(KEY_STATUSES).optional(),
  need: z.enum(KEY_NEEDS).optional(),
  /** True: only keys that make no calls now, because they are paused, expired or revoked. False: only the others. */
  disabled: z.boolean().optional(),
  sort: z.enum(KEY_ORDERS).default("newest"),
  /** Of an earlier page with the same sort. One that is garbled or of another sort shows the first page. */
  place: z.string().max(2_000).optional(),
  pageSize: z.number().int().min(1).max(200).default(50),
  /** Whose midnight "today" and "this month" begin at. */
  timeZone: z.string().max(64).default("UTC"),
});
export type KeysPageFilter = z.input<typeof Filter>;

export interface KeysPage {
  keys: KeyView[];
  /** How many match, on all pages. */
  matching: number;
  /** How many inference keys the workspace has, whatever the filter. */
  total: number;
  /** How many stand before the first of these. */
  skipped: number;
  /** Where the next and the previous page begin, for `place`; null at either end. */
  next: string | null;
  previous: string | null;
}

/**
 * A page of the workspace's inference keys, with what they may and did spend. It goes on from a place rather than
 * counting rows off, so the last of 10,000 keys is as near as the first. Never a digest. Throws ZodError.
 */
export async function listKeysPage(ctx: Ctx, filter: KeysPageFilter = {}): Promise<KeysPage> {
  requirePerson(ctx);
  const wanted = Filter.parse(filter);
  const { pageSize, sort, timeZone } = wanted;
  const condition = conditionOf(ctx.workspaceId, wanted);
  const place = readPlace(wanted.place, sort);
  const found = await readRows(condition, sort, place, pageSize + 1);
  const counts = await readCounts(ctx.workspaceId, condition);

  const backward = place?.side === "before";
  const more = found.length > pageSize;
  const rows = found.slice(0, pageSize);
  if (backward) rows.reverse();
  // Backwards, a place says what stood before the page that was left.
  const before = backward ? Math.max(0, (place?.skipped ?? 0) - rows.length) : (place?.skipped ?? 0);
  const skipped = backward && !more ? 0 : before;
  const placeAt = (row: SortedRow | undefined, side: KeyPlace["side"], skip: number) =>
    row ? writePlace({ side, value: row.sortValue, keyId: row.id, skipped: skip }) : null;
  return {
    keys: await loadViews(db(), ctx.workspaceId, rows, timeZone),
    ...counts,
    skipped,
    next: backward || more ? placeAt(rows.at(-1), "after", skipped + rows.length) : null,
    previous: (backward ? more : place !== null) ? placeAt(rows[0], "before", skipped) : null,
  };
}

type Wanted = z.output<typeof Filter>;
type SortedRow = KeyRow & { sortValue: string };

function conditionOf(workspaceId: string, { search, status, need, disabled }: Wanted): Prisma.Sql {
  const where = [Prisma.sql`k.workspace_id = ${workspaceId} AND k.kind = 'inference' AND NOT k.hidden`];
  const text = search.replaceAll("\0", "").trim();
  if (text !== "") {
    where.push(Prisma.sql`(
      position(lower(${text}) IN lower(k.name)) > 0 OR k.id = ${text}
      OR k.id IN (SELECT s.key_id FROM key_secrets s WHERE s.last_four = right(${text}, 4)
                     AND coalesce(s.ends_at > now(), true)))`);
  }
  if (status) where.push(STATUS_IS_SQL[status]);
  if (need) where.push(NEED_SQL[need]);
  if (disabled !== undefined) where.push(Prisma.sql`${DISABLED_SQL} = ${disabled}`);
  return Prisma.join(where, " AND ");
}

function readPlace(text: string | undefined, sort: KeyOrder): KeyPlace | null {
  const place = text === undefined ? null : parsePlace(text);
  return place && orderOf(sort).fits.test(place.value) ? place : null;
}

/** First which keys, by their sort column alone, then all that is shown of these few. */
async function readRows(
  condition: Prisma.Sql,
  sort: KeyOrder,
  place: KeyPlace | null,
  count: number,
): Promise<SortedRow[]> {
  const { value, type, descending } = orderOf(sort);
  const down = (place?.side === "before") !== descending;
  const order = down ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const than = down ? Prisma.sql`<` : Prisma.sql`>`;
  const beyond = place
    ? Prisma.sql`AND (${value}, k.id) ${than} (${place.value}::text::${type}, ${place.keyId})`
    : Prisma.empty;
  return db().$queryRaw<SortedRow[]>`
    WITH page AS (
      SELECT k.id, ${value} AS sort_value FROM keys k LEFT JOIN key_meters m ON m.key_id = k.id
       WHERE ${condition} ${beyond}
       ORDER BY 2 ${order}, 1 ${order} LIMIT ${count})
    SELECT ${ROW_SQL}, page.sort_value::text AS "sortValue"
      FROM page JOIN (${FROM_SQL}) ON k.id = page.id
     ORDER BY page.sort_value ${order}, page.id ${order}`;
}

async function readCounts(workspaceId: string, condition: Prisma.Sql) {
  const [counts] = await db().$queryRaw<{ matching: bigint; total: bigint }[]>`
    SELECT count(*) FILTER (WHERE ${condition}) AS matching, count(*) AS total
      FROM keys k LEFT JOIN key_meters m ON m.key_id = k.id
     WHERE k.workspace_id = ${workspaceId} AND k.kind = 'inference' AND NOT k.hidden`;
  return { matching: Number(counts?.matching ?? 0n), total: Number(counts?.total ?? 0n) };
}

import type { Ctx } from "@/lib/actor";
import { SqlValues } from "@/lib/usage/filter-sql";
import { readFolded, sumSource } from "@/lib/usage/sum-source";
import { usagePool } from "@/lib/usage/usage-pool";
import { addDays, dayAt, dayStart, knownZone } from "@/lib/usage/zone-days";

export interface KeySpend {
  keyId: string;
  todayNano: bigint;
  monthNano: bigint;
}

/** What each of some keys spent today and this month, as a clock in that zone sees them. Nano-USD; none: no line. */
export async function spendByKey(
  ctx: Pick<Ctx, "workspaceId">,
  input: { keyIds: readonly string[]; timeZone: string; now: Date },
): Promise<KeySpend[]> {
  const zone = knownZone(input.timeZone);
  const today = dayAt(input.now, zone);
  const folded = await readFolded(ctx, zone);
  const values = new SqlValues();
  const workspace = values.add(ctx.workspaceId);
  const from = dayStart(`${today.slice(0, 7)}-01`, zone);
  const to = dayStart(addDays(today, 1), zone);
  const source = sumSource(values, { workspace, from, to, folded, filters: {} });
  const { rows } = await usagePool().query<KeySpend>(
    `SELECT u.key_id AS "keyId", sum(u.cost_nano)::bigint AS "monthNano",
            coalesce(sum(u.cost_nano) FILTER (WHERE u.bucket >= ${values.add(dayStart(today, zone))}), 0)::bigint AS "todayNano"
       FROM ${source} u WHERE u.key_id = ANY(${values.add(input.keyIds)}::text[]) GROUP BY 1`,
    values.list,
  );
  return rows;
}

import type { Ctx } from "@/lib/actor";
import { pool } from "@/lib/db";
import { SqlValues } from "@/lib/usage/filter-sql";
import { readFolded, sumSource } from "@/lib/usage/sum-source";
import { usagePool } from "@/lib/usage/usage-pool";
import { addSums, noSums, SUMS_SQL, type UsageSums } from "@/lib/usage/usage-sums";

/** A month of money, in UTC, as orders and budgets are. Amounts in nano-USD. */
export interface Statement {
  /** `2026-11`. */
  month: string;
  from: Date;
  to: Date;
  /** Whether the month still runs. */
  running: boolean;
  openingNano: bigint;
  closingNano: bigint;
  /** Credits in and out besides calls, oldest first. */
  transactions: { id: bigint; at: Date; type: string; amountNano: bigint; reason: string | null }[];
  usage: UsageSums;
  models: ({ id: string } & UsageSums)[];
  keys: ({ id: string; name: string } & UsageSums)[];
}

const MOST_LINES = 1_000;

/** The month that a text names, `2026-11`; null if it is none, or has not begun at `now`. */
export function parseMonth(text: string | undefined, now: Date): string | null {
  if (!text || !/^20\d\d-(0[1-9]|1[0-2])$/.test(text)) return null;
  return text <= now.toISOString().slice(0, 7) ? text : null;
}

/** One month of a workspace: what it began with, what came in, what was spent on what, what it ended with. */
export async function readStatement(ctx: Ctx, input: { month: string; now: Date }): Promise<Statement> {
  const from = new Date(`${input.month}-01T00:00:00Z`);
  const to = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1, 1));
  const [openingNano, closingNano, transactions, models, keys] = await Promise.all([
    balanceAt(ctx, from),
    balanceAt(ctx, to),
    readTransactions(ctx, from, to),
    readSums(ctx, from, to, "model_id"),
    readSums(ctx, from, to, "key_id"),
  ]);
  const usage = noSums();
  for (const model of models) addSums(usage, model);
  return {
    month: input.month,
    from,
    to,
    running: input.now < to,
    openingNano,
    closingNano,
    transactions,
    usage,
    models,
    keys,
  };
}

/** The balance at a quarter of an hour: the one of now, without everything that has happened since. In one snapshot. */
async function balanceAt(ctx: Ctx, at: Date): Promise<bigint> {
  const folded = await readFolded(ctx, "UTC");
  const values = new SqlValues();
  const workspace = values.add(ctx.workspaceId);
  const since = values.add(at);
  const calls = sumSource(values, {
    workspace,
    from: at,
    to: new Date(Date.now() + 3_600_000),
    folded,
    filters: {},
  });
  const { rows } = await usagePool().query<{ balance: bigint }>(
    `SELECT (w.balance_nano
        - (SELECT coalesce(sum(t.amount_nano), 0) FROM ledger_transactions t WHERE t.workspace_id = ${workspace} AND t.created_at >= ${since})
        + (SELECT coalesce(sum(u.cost_nano), 0) FROM ${calls} u))::bigint AS balance
       FROM wallets w WHERE w.workspace_id = ${workspace}`,
    values.list,
  );
  return rows[0]?.balance ?? 0n;
}

async function readTransactions(ctx: Ctx, from: Date, to: Date): Promise<Statement["transactions"]> {
  const { rows } = await pool().query<Statement["transactions"][number]>(
    `SELECT t.id, t.created_at AS "at", t.kind AS "type", t.amount_nano AS "amountNano", t.reason FROM ledger_transactions t
      WHERE t.workspace_id = $1 AND t.created_at >= $2 AND t.created_at < $3 AND t.amount_nano <> 0
      ORDER BY t.created_at, t.id LIMIT ${MOST_LINES}`,
    [ctx.workspaceId, from, to],
  );
  return rows;
}

async function readSums(
  ctx: Ctx,
  from: Date,
  to: Date,
  column: "model_id" | "key_id",
): Promise<({ id: string; name: string } & UsageSums)[]> {
  const folded = await readFolded(ctx, "UTC");
  const values = new SqlValues();
  const workspace = values.add(ctx.workspaceId);
  const source = sumSource(values, { workspace, from, to, folded, filters: {} });
  const { rows } = await usagePool().query<{ id: string; name: string } & UsageSums>(
    `SELECT x.*, coalesce(k.name, x.id) AS "name"
       FROM (SELECT u.${column} AS "id", ${SUMS_SQL} FROM ${source} u GROUP BY 1) x
       LEFT JOIN keys k ON k.id = x.id AND k.workspace_id = ${workspace}
      ORDER BY x."costNano" DESC, x.calls DESC, x.id`,
    values.list,
  );
  return rows;
}

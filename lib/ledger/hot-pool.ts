import type pg from "pg";
import { bigintTypes, makePool } from "@/lib/db";
import { env } from "@/lib/env";

const store = globalThis as unknown as { tollgateHotPool?: pg.Pool };

/** Connections of the gateway's path alone, so that a slow page can never hold up a call. */
export function hotPool(): pg.Pool {
  store.tollgateHotPool ??= makePool({
    connectionString: env().DATABASE_URL,
    max: 4,
    idleTimeoutMillis: 0,
    // A batch takes milliseconds; one that hangs on a dead network must not hold the queue for ever.
    query_timeout: 15_000,
    application_name: "tollgate-ledger",
    types: bigintTypes,
  });
  return store.tollgateHotPool;
}

export async function closeHotPool(): Promise<void> {
  await store.tollgateHotPool?.end();
  delete store.tollgateHotPool;
}

/**
 * One call of a batch function of the schema `ledger`, as a prepared statement. Members are numbered here and
 * results come back in their order. Members hold amounts as decimal text: JSON has no bigint.
 */
export async function callBatch<Row extends { seq: number }>(fn: string, members: object[]): Promise<Row[]> {
  const json = JSON.stringify(members.map((member, seq) => ({ ...member, seq })));
  const { rows } = await hotPool().query<Row>({
    name: fn,
    text: `SELECT * FROM ledger.${fn}($1)`,
    values: [json],
  });
  const ordered: Row[] = new Array(members.length);
  for (const row of rows) ordered[row.seq] = row;
  return ordered;
}

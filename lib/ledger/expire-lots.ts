import { pool } from "@/lib/db";

/** Expires what is due in up to `limit` wallets. Returns how much expired, in nano-USD. */
export async function expireLots(limit = 500): Promise<bigint> {
  const { rows } = await pool().query<{ total: bigint }>("SELECT ledger.expire_all($1) AS total", [limit]);
  return rows[0]?.total ?? 0n;
}

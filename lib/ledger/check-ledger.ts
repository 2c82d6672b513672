import { pool } from "@/lib/db";

/** One disagreement of the money with itself. Amounts in nano-USD (or counts) as decimal strings. */
export interface Drift {
  what: string;
  subject: string;
  expected: string;
  found: string;
}

/** Reads every invariant of the ledger in one snapshot. An empty list is the only good answer. */
export async function checkLedger(): Promise<Drift[]> {
  const client = await pool().connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const { rows } = await client.query<Drift>(
      "SELECT what, subject, expected::text, found::text FROM ledger.check_drift()",
    );
    await client.query("COMMIT");
    return rows;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

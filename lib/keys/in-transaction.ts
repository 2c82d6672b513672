import { db, type Tx } from "@/lib/db";

/** Runs a verb's work in the caller's transaction, or in one of its own. */
export function inTransaction<T>(tx: Tx | undefined, work: (tx: Tx) => Promise<T>): Promise<T> {
  return tx ? work(tx) : db().$transaction(work);
}

import type { Tx } from "@/lib/db";

/** Tells every gateway to read the catalogue anew; delivered when the transaction commits. */
export async function announceCatalog(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify('tollgate_catalog', '')`;
}

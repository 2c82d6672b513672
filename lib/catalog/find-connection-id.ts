import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";

/** The id of a connection by its name. Throws not_found at the field `connection`. */
export async function findConnectionId(tx: Tx, name: string): Promise<string> {
  const found = await tx.connection.findUnique({ where: { name }, select: { id: true } });
  if (found) return found.id;
  throw new AppError("not_found", "unknownConnection", { field: "connection", values: { name } });
}

import { db } from "@/lib/db";

/** A model that a key may be limited to. */
export interface ModelChoice {
  id: string;
  displayName: string;
}

/** The models that can be called now, in the catalogue's order. */
export async function listModelChoices(): Promise<ModelChoice[]> {
  return db().model.findMany({
    where: { enabled: true },
    orderBy: [{ sort: "asc" }, { id: "asc" }],
    select: { id: true, displayName: true },
  });
}

import type { Ctx } from "@/lib/actor";
import { AppError } from "@/lib/errors";

/** The catalogue belongs to the operator, on the pages and on the command line. Throws forbidden. */
export function requireOperator(ctx: Ctx): void {
  const { actor } = ctx;
  if (actor.kind === "cli" || actor.kind === "system" || (actor.kind === "user" && actor.operator)) return;
  throw new AppError("forbidden", "forbidden");
}

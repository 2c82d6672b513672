import { type Ctx, requireVerified } from "@/lib/actor";
import { AppError } from "@/lib/errors";

/** Who may make secrets and loosen limits: a verified person in their own workspace, a program with one of its
 * management keys, or the operator's command line. */
export function requireManager(ctx: Ctx): void {
  requireVerified(ctx);
  requirePerson(ctx);
}

/** Who may look at keys and take them out of use: also someone who has not confirmed their address yet. */
export function requirePerson(ctx: Ctx): void {
  if (ctx.actor.kind !== "management") requireOwner(ctx);
}

/** Who may look at management keys and revoke them: a person or the command line, never such a key itself. */
export function requireOwner(ctx: Ctx): void {
  if (ctx.actor.kind !== "user" && ctx.actor.kind !== "cli") throw new AppError("forbidden", "forbidden");
}

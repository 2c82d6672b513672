import { AppError } from "@/lib/errors";

/** Who asks. The audit trail and the ledger name it. */
export type Actor =
  | { kind: "user"; userId: string; email: string; verified: boolean; operator: boolean; sessionId: string }
  | { kind: "key"; keyId: string }
  /** A program with a management key, through the management API. */
  | { kind: "management"; keyId: string }
  | { kind: "webhook"; eventId: string }
  | { kind: "system"; job: string }
  | { kind: "cli" };

export type UserActor = Extract<Actor, { kind: "user" }>;

/** What every verb is given: who asks, for which workspace, under which request id. */
export interface Ctx<A extends Actor = Actor> {
  actor: A;
  workspaceId: string;
  requestId: string;
  ip?: string | undefined;
}

/** The actor as the ledger and the audit trail write it, for example `user:usr_...`. */
export function actorName(actor: Actor): string {
  switch (actor.kind) {
    case "user":
      return `user:${actor.userId}`;
    case "key":
      return `key:${actor.keyId}`;
    case "management":
      return `management:${actor.keyId}`;
    case "webhook":
      return `webhook:${actor.eventId}`;
    case "system":
      return `system:${actor.job}`;
    case "cli":
      return "cli";
  }
}

/** People whose address is not verified may look, but neither buy nor create keys. */
export function requireVerified(ctx: Ctx): void {
  if (ctx.actor.kind === "user" && !ctx.actor.verified) throw new AppError("not_verified", "notVerified");
}

import type { Ctx } from "@/lib/actor";
import { admitAttempt, IP_PACE, ipSubject } from "@/lib/auth/admit-attempt";
import { tooMany } from "@/lib/auth/too-many";

/** At most 20 a minute of one kind from one address. Throws `too_many`. */
export async function admitCaller(ctx: Ctx, action: string): Promise<void> {
  const wait = await admitAttempt(ipSubject(action, ctx.ip), IP_PACE);
  if (wait > 0) throw tooMany(wait);
}

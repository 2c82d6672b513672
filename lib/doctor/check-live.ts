import { z } from "zod";
import type { Ctx } from "@/lib/actor";
import { admitAttempt, ipSubject, type Pace } from "@/lib/auth/admit-attempt";
import { tooMany } from "@/lib/auth/too-many";
import { LIVE_STEPS, type LiveResult, runLiveStep } from "@/lib/doctor/live-steps";
import { sendGuarded } from "@/lib/doctor/send-guarded";
import { env } from "@/lib/env";

/** Ten whole checks a minute from one address. */
const PACE: Pace = { free: 30, firstSeconds: 60, longestSeconds: 60, windowSeconds: 60 };

export const LiveInput = z.object({
  step: z.enum(LIVE_STEPS),
  /** Visible ASCII, so that it can stand in a header. Held in memory for this call alone. */
  key: z.string().regex(/^[\x21-\x7e]{8,256}$/),
  model: z.string().trim().max(200).default(""),
});

/**
 * One check by a call to our own API with somebody's key, whoever asks. The address is never the visitor's: only the
 * key and the model are. Nothing of it is stored or logged. Throws `too_many` above ten checks a minute and address.
 */
export async function checkLive(ctx: Ctx, input: z.input<typeof LiveInput>): Promise<LiveResult> {
  const { step, key, model } = LiveInput.parse(input);
  if (ctx.actor.kind !== "cli") {
    const wait = await admitAttempt(ipSubject("doctor", ctx.ip), PACE);
    if (wait > 0) throw tooMany(wait);
  }
  return runLiveStep(sendGuarded(env().publicApiUrl, key), step, model);
}

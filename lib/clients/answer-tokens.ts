import type { SetupModel } from "@/lib/clients/types";

/**
 * How many output tokens to allow a call in a client that wants a number: what the model can do, but at most a
 * quarter of its context, because clients subtract this from the room that is left for the conversation.
 */
export function answerTokens(model: SetupModel): number {
  return Math.max(1, Math.min(model.maxOutputTokens, Math.floor(model.contextTokens / 4)));
}

import { createHash } from "node:crypto";
import { StripeFault } from "@/lib/sandbox/stripe/stripe-fault";
import type { SavedReply, State } from "@/lib/sandbox/stripe/types";

const KEPT_MS = 24 * 60 * 60 * 1000;

/**
 * The answer saved under an idempotency key, or undefined if the key is new. Throws StripeFault (400,
 * idempotency_error) when the key was used for another endpoint or with other parameters; that fault and
 * replays change nothing. https://docs.stripe.com/api/idempotent_requests
 */
export function replayReply(
  state: State,
  key: string,
  request: { method: string; path: string; body: string },
  nowMs: number,
): SavedReply | undefined {
  if (key.length > 255) {
    throw mismatch("Idempotency keys can be at most 255 characters long.");
  }
  const saved = state.replies[key];
  if (!saved) return undefined;
  if (nowMs - saved.createdMs > KEPT_MS) {
    delete state.replies[key];
    return undefined;
  }
  if (saved.path !== request.path || saved.method !== request.method) {
    throw mismatch(
      `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${saved.path}' vs '${request.path}'). Try using a key other than '${key}' if you meant to execute a different request.`,
    );
  }
  if (saved.bodySha256 !== sha256(request.body)) {
    throw mismatch(
      `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    );
  }
  return saved;
}

/** Keeps the first answer to a key for 24 hours. */
export function saveReply(
  state: State,
  key: string,
  request: { method: string; path: string; body: string },
  reply: { status: number; body: string; requestId: string },
  nowMs: number,
): void {
  state.replies[key] = {
    method: request.method,
    path: request.path,
    bodySha256: sha256(request.body),
    ...reply,
    createdMs: nowMs,
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function mismatch(message: string): StripeFault {
  return new StripeFault(400, { type: "idempotency_error", message });
}

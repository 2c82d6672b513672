import type { UsageCall } from "@/lib/usage/types";

/** A call asks for its upper bound. Prices in pico-USD; everything is bounded before it is multiplied. */
export interface ReserveRequest {
  /** `hold_...`, made by the caller: the call's idempotency. Repeating it answers as the first time. */
  holdId: string;
  workspaceId: string;
  keyId: string;
  /** The gateway process that will settle it, for the reaper. */
  instanceId: string;
  /** Upper bound of everything but output: input at its highest price, images, per-request price. */
  fixedPico: bigint;
  /** Highest price of one output token, times the number of answers asked for. */
  outputPico: bigint;
  /** Upper bound of input tokens, for tokens-per-minute. */
  inputTokens: number;
  /** The output cap wanted (per answer), and the least that makes sense to send. */
  wantOutputTokens: number;
  minOutputTokens: number;
}

export type LimitSource = "account" | "key_total" | "key_period" | "tokens_per_minute" | "request_cost";

/** State of the key's rate window after this call, for the x-ratelimit headers; null where no limit is set. */
export interface RateState {
  requestsLimit: number | null;
  requestsRemaining: number | null;
  tokensLimit: number | null;
  tokensRemaining: number | null;
  /** Until the window ends, in milliseconds. */
  resetMs: number;
}

export type RefusalReason =
  /** Not even a minimal answer fits what is available, and no open hold is in the way. */
  | "no_credit"
  /** It would fit once calls in flight have settled. */
  | "in_flight"
  | "frozen"
  | "debt"
  | "key_total"
  | "key_period"
  | "requests_per_minute"
  | "tokens_per_minute"
  | "max_parallel"
  | "request_cost"
  /** The key was revoked, paused or expired since it was looked up. */
  | "key_gone";

export interface Admitted {
  admitted: true;
  amountNano: bigint;
  /** The output cap to send upstream; lower than wanted when something clamped it. */
  outputTokens: number;
  clampedBy: LimitSource | null;
  rate: RateState;
}

export interface Refused {
  admitted: false;
  reason: RefusalReason;
  /** What a minimal answer would need, and what is left under the limit that refused. Nano-USD, or tokens, requests. */
  needed: bigint;
  left: bigint;
  limit: bigint | null;
  /** When the limit gives way: the window's or period's end; null when only money or a person can help. */
  retryAfterMs: number | null;
  rate: RateState;
}

export type ReserveResult = Admitted | Refused;

/** A stream asks for more output than it holds. All or nothing of `addTokens` down to `minTokens`. */
export interface ExtendRequest {
  holdId: string;
  workspaceId: string;
  outputPico: bigint;
  addTokens: number;
  minTokens: number;
}

export interface ExtendResult {
  /** 0 when nothing more can be had: end the answer with `length`. */
  addedTokens: number;
  amountNano: bigint;
}

/** What a call would cost if it ended now; the reaper settles it should this process die. */
export interface Checkpoint {
  holdId: string;
  workspaceId: string;
  costNano: bigint;
  usage: UsageCall;
}

/** The end of a call. A cost of zero releases the whole hold. The row is written in the same statement. */
export interface SettleRequest {
  holdId: string;
  workspaceId: string;
  costNano: bigint;
  /** What an empty answer would have cost and the customer is spared; booked to loss. */
  forgivenNano?: bigint;
  usage: UsageCall;
}

export interface SettleResult {
  chargedNano: bigint;
  /** What could not be charged because it exceeded the hold and everything available; booked to loss. */
  lossNano: bigint;
  /** True when this hold had been closed before and nothing changed now. */
  replayed: boolean;
}

import type { IncomingMessage, ServerResponse } from "node:http";
import { answerApi } from "@/lib/sandbox/stripe/answer-api";
import { emitEvent } from "@/lib/sandbox/stripe/emit-event";
import { openStore } from "@/lib/sandbox/stripe/open-store";
import { answerPage } from "@/lib/sandbox/stripe/pages/answer-page";
import { scheduleWork } from "@/lib/sandbox/stripe/schedule-work";
import type { StandInContext, StandInOptions } from "@/lib/sandbox/stripe/types";

export interface StripeStandIn {
  /** Answers `/v1/*` and `/sandbox/pay/*` and returns true; false for any other path. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  context: StandInContext;
  /** Stops timers, waits for deliveries under way and writes the state. */
  close(): Promise<void>;
}

/**
 * A local stand-in of Stripe: what the `stripe` SDK uses of its API, a payment page, signed webhooks with
 * retries. No money moves, no network but loopback. Throws when the state file cannot be read or the secret is
 * blank.
 */
export function createStripeStandIn(options: StandInOptions): StripeStandIn {
  if (options.webhookUrl && options.webhookSecret.trim() === "") {
    throw new Error("the payment stand-in needs a webhook secret to sign with");
  }
  const store = openStore(options.stateFile);
  const nowMs = options.now ?? Date.now;
  const context: StandInContext = {
    state: store.state,
    options,
    nowMs,
    now: () => Math.floor(nowMs() / 1000),
    emit: (type, object, cause = null, previous) => {
      emitEvent(store.state, options, nowMs(), { type, object, cause, previous });
    },
    save: () => store.save(),
  };
  const schedule = scheduleWork(context);
  schedule.wake();

  return {
    context,
    async handle(request, response) {
      const url = new URL(request.url ?? "/", "http://localhost");
      const api = url.pathname === "/v1" || url.pathname.startsWith("/v1/");
      if (!api && !url.pathname.startsWith("/sandbox/pay/")) return false;
      // What is due by now, such as an expiry, comes before what is asked.
      schedule.wake();
      if (api) await answerApi(context, request, response, url);
      else await answerPage(context, request, response, url);
      schedule.wake();
      return true;
    },
    async close() {
      await schedule.stop();
      await store.save();
    },
  };
}

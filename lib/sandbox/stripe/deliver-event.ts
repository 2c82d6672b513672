import { signPayload } from "@/lib/sandbox/stripe/sign-payload";
import type { Delivery, StandInContext } from "@/lib/sandbox/stripe/types";

/** 0.5 s, 1 s, 2 s, ... then once a minute: quicker than Stripe's hours, so that a person sees the retry. */
const DEFAULT_DELAYS_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000];
const GIVE_UP_MS = 3 * 24 * 60 * 60 * 1000;
const TIMEOUT_MS = 20_000;

/**
 * One attempt to deliver one event. Anything but a 2xx counts as a failure and is tried again later; redirects
 * are not followed. Never throws. https://docs.stripe.com/webhooks#retries
 */
export async function deliverEvent(context: StandInContext, delivery: Delivery): Promise<void> {
  const { options, state } = context;
  const event = state.events[delivery.eventId];
  if (!event || !options.webhookUrl) {
    delivery.nextAttemptMs = null;
    return;
  }
  delivery.attempts += 1;
  const payload = JSON.stringify(event, null, 2);
  try {
    const response = await fetch(options.webhookUrl, {
      method: "POST",
      headers: {
        "content-type": "application/json; charset=utf-8",
        "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        "stripe-signature": signPayload(payload, options.webhookSecret, context.now()),
      },
      body: payload,
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    const lost = options.chaos !== undefined && options.chaos.random() < options.chaos.fail;
    delivery.lastError = lost ? "the answer was lost" : response.ok ? null : `HTTP ${response.status}`;
  } catch (error) {
    delivery.lastError = error instanceof Error ? error.message : String(error);
  }
  if (delivery.lastError === null) {
    delivery.delivered = true;
    delivery.nextAttemptMs = null;
    event.pending_webhooks = 0;
    return;
  }
  const delays = options.retryDelaysMs ?? DEFAULT_DELAYS_MS;
  const wait = delays[Math.min(delivery.attempts, delays.length) - 1] ?? 60_000;
  const expired = context.nowMs() - event.created * 1000 > GIVE_UP_MS;
  delivery.nextAttemptMs = expired ? null : context.nowMs() + wait;
}

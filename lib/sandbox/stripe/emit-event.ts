import Stripe from "stripe";
import { makeId } from "@/lib/sandbox/stripe/make-id";
import type { ApiCause, StandInOptions, State } from "@/lib/sandbox/stripe/types";

/**
 * Writes the full envelope of an event with a snapshot of its object, and queues its delivery when the webhook
 * is subscribed to the type. https://docs.stripe.com/api/events/object
 */
export function emitEvent(
  state: State,
  options: StandInOptions,
  nowMs: number,
  event: { type: Stripe.Event.Type; object: unknown; cause: ApiCause | null; previous?: unknown },
): Stripe.EventBase {
  const subscribed =
    options.webhookUrl !== undefined && (options.webhookEvents?.includes(event.type) ?? true);
  const envelope: Stripe.EventBase = {
    id: makeId("evt"),
    object: "event",
    api_version: Stripe.API_VERSION,
    created: Math.floor(nowMs / 1000),
    data: {
      object: structuredClone(event.object) as Stripe.Event.Data.Object,
      ...(event.previous === undefined
        ? {}
        : { previous_attributes: event.previous as Stripe.Event.Data.PreviousAttributes }),
    },
    livemode: false,
    pending_webhooks: subscribed ? 1 : 0,
    request: event.cause ?? { id: null, idempotency_key: null },
    type: event.type,
  };
  state.events[envelope.id] = envelope;
  const { chaos } = options;
  const times = chaos ? (chaos.random() < chaos.drop ? 0 : 1 + chaos.duplicates) : 1;
  for (let copy = 1; subscribed && copy <= times; copy++) {
    state.deliveries[copy === 1 ? envelope.id : `${envelope.id}#${copy}`] = {
      eventId: envelope.id,
      attempts: 0,
      nextAttemptMs: nowMs + (chaos ? Math.floor(chaos.random() * chaos.delayMs) : 0),
      delivered: false,
      lastError: null,
    };
  }
  return envelope;
}

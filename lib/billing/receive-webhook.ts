import Stripe from "stripe";
import { handleEvent } from "@/lib/billing/handle-event";
import { readCapped } from "@/lib/billing/read-capped";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { log } from "@/lib/log";

const LIMIT_BYTES = 1024 * 1024;

/**
 * `POST /api/stripe/webhook`. 200 once the event and what it causes are durable (or it is a duplicate); 400
 * without a trace for anything that Stripe did not sign for us within five minutes; 413 beyond 1 MB; 500 for
 * every failure of ours, so that Stripe delivers again. https://docs.stripe.com/webhooks
 */
export async function receiveWebhook(request: Request): Promise<Response> {
  const requestId = newId("req");
  const body = await readCapped(request, LIMIT_BYTES);
  if (body === null) return refuse(413, "too_large", "The body is larger than 1 MB.", requestId);

  let event: Stripe.Event;
  try {
    event = verify(body, request.headers.get("stripe-signature"));
  } catch (error) {
    log.warn(
      { requestId, reason: error instanceof Error ? error.message.split("\n")[0] : "" },
      "webhook refused",
    );
    return refuse(400, "bad_signature", "The signature does not fit this body.", requestId);
  }
  try {
    const outcome = await handleEvent(event);
    log.info({ requestId, eventId: event.id, type: event.type, outcome }, "webhook handled");
    return answer(200, { received: true, outcome }, requestId);
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid_input") {
      log.error(
        { requestId, eventId: event.id, livemode: event.livemode },
        "webhook of the other mode refused",
      );
      return refuse(
        400,
        "wrong_mode",
        "This event is not of the mode (live or test) of this installation.",
        requestId,
      );
    }
    log.error({ requestId, eventId: event.id, type: event.type, err: error }, "webhook failed");
    return refuse(500, "internal", "The event was not applied. Deliver it again.", requestId);
  }
}

/** Throws unless the body was signed with our secret within the tolerance. Without a secret nothing passes. */
function verify(body: Buffer, signature: string | null): Stripe.Event {
  const secret = env().STRIPE_WEBHOOK_SECRET?.trim();
  if (!secret) throw new Error("STRIPE_WEBHOOK_SECRET is not set");
  if (!signature) throw new Error("no stripe-signature header");
  return Stripe.webhooks.constructEvent(body, signature, secret);
}

function refuse(status: number, code: string, message: string, requestId: string): Response {
  return answer(status, { error: { code, message, request_id: requestId } }, requestId);
}

function answer(status: number, body: object, requestId: string): Response {
  return Response.json(body, { status, headers: { "cache-control": "no-store", "x-request-id": requestId } });
}

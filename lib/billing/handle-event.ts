import type Stripe from "stripe";
import { actorName } from "@/lib/actor";
import { findHandler } from "@/lib/billing/events/handlers";
import { stripe } from "@/lib/billing/stripe";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";

/**
 * Applies a verified event: its row and everything it causes are written in one transaction, or nothing is. Each
 * event is applied once; a type we do not know is recorded as `ignored`. Returns the outcome. Throws AppError
 * `invalid_input` for an event of the other mode (live, test), and anything else so that Stripe tries again.
 */
export async function handleEvent(event: Stripe.Event): Promise<string> {
  if (event.livemode !== stripe().livemode) throw new AppError("invalid_input", "wrongMode");
  if (await db().webhookEvent.findUnique({ where: { id: event.id }, select: { id: true } }))
    return "duplicate";

  const handler = findHandler(event.type);
  const apply = handler ? await handler.prepare(event) : async () => "ignored";
  const actor = actorName({ kind: "webhook", eventId: event.id });

  return db().$transaction(
    async (tx) => {
      // A second delivery of the same event waits here for the first and then finds it written.
      const { count } = await tx.webhookEvent.createMany({
        data: [
          {
            id: event.id,
            type: event.type,
            livemode: event.livemode,
            apiVersion: event.api_version,
            objectId: objectId(event),
            outcome: "applying",
            createdAt: new Date(event.created * 1000),
          },
        ],
        skipDuplicates: true,
      });
      if (count === 0) return "duplicate";
      const outcome = await apply(tx, actor);
      await tx.webhookEvent.update({ where: { id: event.id }, data: { outcome } });
      return outcome;
    },
    { maxWait: 10_000, timeout: 15_000 },
  );
}

function objectId(event: Stripe.Event): string | null {
  const { object } = event.data;
  return "id" in object && typeof object.id === "string" ? object.id : null;
}

import type Stripe from "stripe";
import { z } from "zod";
import { buildCharge } from "@/lib/sandbox/stripe/build-charge";
import { makeIntent } from "@/lib/sandbox/stripe/build-payment-intent";
import { boolean, expand, integer, metadata, paramsFor, readParams } from "@/lib/sandbox/stripe/read-params";
import { badParam, noSuch, StripeFault } from "@/lib/sandbox/stripe/stripe-fault";
import { TEST_METHODS, type TestMethod } from "@/lib/sandbox/stripe/test-methods";
import type { Route } from "@/lib/sandbox/stripe/types";

const CreateParams = paramsFor<Stripe.PaymentIntentCreateParams>()({
  amount: integer,
  confirm: boolean.optional(),
  currency: z.string().regex(/^[a-z]{3}$/i, "Invalid currency"),
  customer: z.string().optional(),
  description: z.string().max(1_000).optional(),
  expand,
  metadata: metadata.optional(),
  off_session: boolean.optional(),
  payment_method: z.string().optional(),
});

/**
 * A charge of a saved card while its owner is away: made and confirmed in one call.
 * https://docs.stripe.com/payments/save-and-reuse#charge-saved-payment-method
 */
export const offSessionRoutes: Route[] = [
  {
    method: "POST",
    path: "/v1/payment_intents",
    handle(context, request) {
      const params = readParams(CreateParams, request.params);
      if (!params.confirm || !params.off_session) {
        throw badParam("confirm", "This stand-in makes payments that are confirmed off session only.");
      }
      if (params.amount < 50) {
        throw badParam("amount", "Amount must be at least $0.50 usd", "amount_too_small");
      }
      const customer = context.state.customers[params.customer ?? ""];
      if (!customer) throw noSuch("customer", params.customer ?? "", "customer", 400);
      const method = context.state.paymentMethods[params.payment_method ?? ""];
      if (method?.customer !== customer.id) {
        throw noSuch("PaymentMethod", params.payment_method ?? "", "payment_method", 400);
      }
      const intent = makeIntent(context, {
        amount: params.amount,
        currency: params.currency,
        customer: customer.id,
        description: params.description ?? null,
        metadata: params.metadata ?? {},
        methodTypes: ["card"],
        receiptEmail: null,
        futureUsage: null,
      });
      const kind = kindOf(method) ?? "card";
      if (kind === "card_owner") {
        intent.status = "requires_payment_method";
        throw cardFault(
          "authentication_required",
          "Your card was declined. This transaction requires authentication.",
          intent,
        );
      }
      const failed = kind === "card_declined" || kind === "card_later_declined";
      const status = failed ? "failed" : "succeeded";
      const email = customer.email ?? null;
      const charge = buildCharge(context, intent, { email, method: kind, status, saved: method });
      if (failed) {
        intent.status = "requires_payment_method";
        context.emit("charge.failed", charge, request.cause);
        context.emit("payment_intent.payment_failed", intent, request.cause);
        throw cardFault("card_declined", "Your card was declined.", intent);
      }
      intent.status = "succeeded";
      intent.amount_received = intent.amount;
      context.emit("charge.succeeded", charge, request.cause);
      context.emit("payment_intent.succeeded", intent, request.cause);
      return intent;
    },
  },
];

function kindOf(method: Stripe.PaymentMethod): TestMethod | undefined {
  const last4 = method.card?.last4;
  return (Object.keys(TEST_METHODS) as TestMethod[]).find(
    (kind) => TEST_METHODS[kind].method.card?.last4 === last4,
  );
}

function cardFault(code: string, message: string, intent: Stripe.PaymentIntent): StripeFault {
  return new StripeFault(402, {
    type: "card_error",
    code,
    decline_code: code === "card_declined" ? "generic_decline" : code,
    message,
    payment_intent: intent,
  });
}

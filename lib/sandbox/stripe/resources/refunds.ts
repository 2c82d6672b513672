import type Stripe from "stripe";
import { z } from "zod";
import { listObjects } from "@/lib/sandbox/stripe/list-objects";
import { makeId } from "@/lib/sandbox/stripe/make-id";
import {
  createdRange,
  expand,
  integer,
  metadata,
  paging,
  paramsFor,
  readParams,
} from "@/lib/sandbox/stripe/read-params";
import { badParam, noSuch } from "@/lib/sandbox/stripe/stripe-fault";
import type { Route, StandInContext } from "@/lib/sandbox/stripe/types";

const CreateParams = paramsFor<Stripe.RefundCreateParams>()({
  amount: integer.optional(),
  charge: z.string().optional(),
  expand,
  metadata: metadata.optional(),
  payment_intent: z.string().optional(),
  reason: z.enum(["duplicate", "fraudulent", "requested_by_customer"]).optional(),
});
const ListParams = paramsFor<Stripe.RefundListParams>()({
  ...paging,
  charge: z.string().optional(),
  created: createdRange,
  payment_intent: z.string().optional(),
});

/** https://docs.stripe.com/api/refunds */
export const refundRoutes: Route[] = [
  {
    method: "POST",
    path: "/v1/refunds",
    handle(context, request) {
      const params = readParams(CreateParams, request.params);
      const charge = chargeOf(context, params);
      const left = charge.amount_captured - charge.amount_refunded;
      const amount = params.amount ?? left;
      if (left === 0) {
        throw badParam("charge", `Charge ${charge.id} has already been refunded.`, "charge_already_refunded");
      }
      if (amount <= 0) throw badParam("amount", "Invalid positive integer", "parameter_invalid_integer");
      if (amount > left) {
        throw badParam(
          "amount",
          `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
          "amount_too_large",
        );
      }
      const refund: Stripe.Refund = {
        id: makeId("re"),
        object: "refund",
        amount,
        balance_transaction: null,
        charge: charge.id,
        created: context.now(),
        currency: charge.currency,
        customer: typeof charge.customer === "string" ? charge.customer : null,
        customer_account: null,
        metadata: params.metadata ?? {},
        payment_intent: charge.payment_intent,
        payment_method: charge.payment_method,
        reason: params.reason ?? null,
        receipt_number: null,
        source_transfer_reversal: null,
        status: "succeeded",
        transfer_reversal: null,
      };
      context.state.refunds[refund.id] = refund;
      const previous = { amount_refunded: charge.amount_refunded, refunded: charge.refunded };
      charge.amount_refunded += amount;
      charge.refunded = charge.amount_refunded === charge.amount_captured;
      context.emit("refund.created", refund, request.cause);
      context.emit("charge.refunded", charge, request.cause, previous);
      return refund;
    },
  },
  {
    method: "GET",
    path: "/v1/refunds",
    handle(context, request) {
      const params = readParams(ListParams, request.params);
      const wanted = Object.values(context.state.refunds).filter(
        (refund) =>
          (params.charge === undefined || refund.charge === params.charge) &&
          (params.payment_intent === undefined || refund.payment_intent === params.payment_intent),
      );
      return listObjects(wanted, params, "/v1/refunds");
    },
  },
  {
    method: "GET",
    path: "/v1/refunds/:id",
    handle(context, request) {
      readParams(z.strictObject({ expand }), request.params);
      const id = request.ids.id ?? "";
      const refund = context.state.refunds[id];
      if (!refund) throw noSuch("refund", id);
      return refund;
    },
  },
];

function chargeOf(
  context: StandInContext,
  params: { charge?: string | undefined; payment_intent?: string | undefined },
): Stripe.Charge {
  if (params.charge !== undefined) {
    const charge = context.state.charges[params.charge];
    if (!charge) throw noSuch("charge", params.charge, "charge", 400);
    return charge;
  }
  if (params.payment_intent === undefined) {
    throw badParam(
      "charge",
      "One of the following params should be provided: charge, payment_intent.",
      "parameter_missing",
    );
  }
  const intent = context.state.paymentIntents[params.payment_intent];
  if (!intent) throw noSuch("payment_intent", params.payment_intent, "payment_intent", 400);
  const charge = context.state.charges[String(intent.latest_charge)];
  if (charge?.status !== "succeeded") {
    throw badParam(
      "payment_intent",
      `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
    );
  }
  return charge;
}

import type Stripe from "stripe";
import { z } from "zod";
import { listObjects } from "@/lib/sandbox/stripe/list-objects";
import { createdRange, expand, paging, paramsFor, readParams } from "@/lib/sandbox/stripe/read-params";
import { noSuch } from "@/lib/sandbox/stripe/stripe-fault";
import type { Route } from "@/lib/sandbox/stripe/types";

const IntentListParams = paramsFor<Stripe.PaymentIntentListParams>()({
  ...paging,
  created: createdRange,
  customer: z.string().optional(),
});
const ChargeListParams = paramsFor<Stripe.ChargeListParams>()({
  ...paging,
  created: createdRange,
  customer: z.string().optional(),
  payment_intent: z.string().optional(),
});
const RetrieveParams = z.strictObject({ expand });

/** Read only: intents and charges come from the payment page. https://docs.stripe.com/api/payment_intents */
export const paymentRoutes: Route[] = [
  {
    method: "GET",
    path: "/v1/payment_intents",
    handle(context, request) {
      const params = readParams(IntentListParams, request.params);
      const wanted = Object.values(context.state.paymentIntents).filter(
        (intent) => params.customer === undefined || intent.customer === params.customer,
      );
      return listObjects(wanted, params, "/v1/payment_intents");
    },
  },
  {
    method: "GET",
    path: "/v1/payment_intents/:id",
    handle(context, request) {
      readParams(RetrieveParams, request.params);
      const id = request.ids.id ?? "";
      const intent = context.state.paymentIntents[id];
      if (!intent) throw noSuch("payment_intent", id, "intent");
      return intent;
    },
  },
  {
    method: "GET",
    path: "/v1/charges",
    handle(context, request) {
      const params = readParams(ChargeListParams, request.params);
      const wanted = Object.values(context.state.charges).filter(
        (charge) =>
          (params.customer === undefined || charge.customer === params.customer) &&
          (params.payment_intent === undefined || charge.payment_intent === params.payment_intent),
      );
      return listObjects(wanted, params, "/v1/charges");
    },
  },
  {
    method: "GET",
    path: "/v1/charges/:id",
    handle(context, request) {
      readParams(RetrieveParams, request.params);
      const id = request.ids.id ?? "";
      const charge = context.state.charges[id];
      if (!charge) throw noSuch("charge", id);
      return charge;
    },
  },
  {
    method: "GET",
    path: "/v1/invoices/:id",
    handle(context, request) {
      readParams(RetrieveParams, request.params);
      const id = request.ids.id ?? "";
      const invoice = context.state.invoices[id];
      if (!invoice) throw noSuch("invoice", id);
      return invoice;
    },
  },
];

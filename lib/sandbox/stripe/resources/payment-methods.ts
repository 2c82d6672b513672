import type Stripe from "stripe";
import { z } from "zod";
import { listObjects } from "@/lib/sandbox/stripe/list-objects";
import { expand, paging, paramsFor, readParams } from "@/lib/sandbox/stripe/read-params";
import { noSuch } from "@/lib/sandbox/stripe/stripe-fault";
import type { Route } from "@/lib/sandbox/stripe/types";

const ListParams = paramsFor<Stripe.PaymentMethodListParams>()({
  ...paging,
  customer: z.string().optional(),
  type: z.enum(["card", "us_bank_account"]).optional(),
});

/** Read, and let go: they come from the payment page. https://docs.stripe.com/api/payment_methods */
export const paymentMethodRoutes: Route[] = [
  {
    method: "GET",
    path: "/v1/payment_methods",
    handle(context, request) {
      const params = readParams(ListParams, request.params);
      const wanted = Object.values(context.state.paymentMethods).filter(
        (method) =>
          method.customer !== null &&
          (params.customer === undefined || method.customer === params.customer) &&
          (params.type === undefined || method.type === params.type),
      );
      return listObjects(wanted, params, "/v1/payment_methods");
    },
  },
  {
    method: "POST",
    path: "/v1/payment_methods/:id/detach",
    handle(context, request) {
      readParams(z.strictObject({ expand }), request.params);
      const id = request.ids.id ?? "";
      const method = context.state.paymentMethods[id];
      if (!method) throw noSuch("payment_method", id);
      method.customer = null;
      return method;
    },
  },
];

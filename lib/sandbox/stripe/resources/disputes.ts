import type Stripe from "stripe";
import { z } from "zod";
import { listObjects } from "@/lib/sandbox/stripe/list-objects";
import { createdRange, expand, paging, paramsFor, readParams } from "@/lib/sandbox/stripe/read-params";
import { noSuch } from "@/lib/sandbox/stripe/stripe-fault";
import type { Route } from "@/lib/sandbox/stripe/types";

const ListParams = paramsFor<Stripe.DisputeListParams>()({
  ...paging,
  charge: z.string().optional(),
  created: createdRange,
  payment_intent: z.string().optional(),
});

/** Read only: disputes come from the payer's bank (see open-dispute). https://docs.stripe.com/api/disputes */
export const disputeRoutes: Route[] = [
  {
    method: "GET",
    path: "/v1/disputes",
    handle(context, request) {
      const params = readParams(ListParams, request.params);
      const wanted = Object.values(context.state.disputes).filter(
        (dispute) =>
          (params.charge === undefined || dispute.charge === params.charge) &&
          (params.payment_intent === undefined || dispute.payment_intent === params.payment_intent),
      );
      return listObjects(wanted, params, "/v1/disputes");
    },
  },
  {
    method: "GET",
    path: "/v1/disputes/:id",
    handle(context, request) {
      readParams(z.strictObject({ expand }), request.params);
      const id = request.ids.id ?? "";
      const dispute = context.state.disputes[id];
      if (!dispute) throw noSuch("dispute", id);
      return dispute;
    },
  },
];

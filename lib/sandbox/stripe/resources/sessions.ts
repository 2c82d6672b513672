import type Stripe from "stripe";
import { z } from "zod";
import { buildSession } from "@/lib/sandbox/stripe/build-session";
import { expireSession } from "@/lib/sandbox/stripe/expire-session";
import { listObjects } from "@/lib/sandbox/stripe/list-objects";
import { createdRange, expand, paging, paramsFor, readParams } from "@/lib/sandbox/stripe/read-params";
import { SessionParams } from "@/lib/sandbox/stripe/session-params";
import { noSuch, StripeFault } from "@/lib/sandbox/stripe/stripe-fault";
import type { Route, SessionRecord, StandInContext } from "@/lib/sandbox/stripe/types";

const ListParams = paramsFor<Stripe.Checkout.SessionListParams>()({
  ...paging,
  created: createdRange,
  customer: z.string().optional(),
  payment_intent: z.string().optional(),
  status: z.enum(["complete", "expired", "open"]).optional(),
});

/** https://docs.stripe.com/api/checkout/sessions */
export const sessionRoutes: Route[] = [
  {
    method: "POST",
    path: "/v1/checkout/sessions",
    handle(context, request) {
      const record = buildSession(context, readParams(SessionParams, request.params));
      context.state.sessions[record.session.id] = record;
      return record.session;
    },
  },
  {
    method: "GET",
    path: "/v1/checkout/sessions",
    handle(context, request) {
      const params = readParams(ListParams, request.params);
      const wanted = Object.values(context.state.sessions)
        .map((record) => record.session)
        .filter(
          (session) =>
            (params.customer === undefined || session.customer === params.customer) &&
            (params.payment_intent === undefined || session.payment_intent === params.payment_intent) &&
            (params.status === undefined || session.status === params.status),
        );
      return listObjects(wanted, params, "/v1/checkout/sessions");
    },
  },
  {
    method: "GET",
    path: "/v1/checkout/sessions/:id",
    handle(context, request) {
      readParams(z.strictObject({ expand }), request.params);
      return recordOf(context, request.ids.id ?? "").session;
    },
  },
  {
    method: "GET",
    path: "/v1/checkout/sessions/:id/line_items",
    handle(context, request) {
      const params = readParams(z.strictObject(paging), request.params);
      const { lineItems, session } = recordOf(context, request.ids.id ?? "");
      const list = listObjects(
        [...lineItems].reverse(),
        params,
        `/v1/checkout/sessions/${session.id}/line_items`,
      );
      return list;
    },
  },
  {
    method: "POST",
    path: "/v1/checkout/sessions/:id/expire",
    handle(context, request) {
      readParams(z.strictObject({ expand }), request.params);
      const record = recordOf(context, request.ids.id ?? "");
      if (record.session.status !== "open") {
        throw new StripeFault(400, {
          type: "invalid_request_error",
          message: `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${record.session.status}\`.`,
        });
      }
      expireSession(context, record, request.cause);
      return record.session;
    },
  },
];

function recordOf(context: StandInContext, id: string): SessionRecord {
  const record = context.state.sessions[id];
  if (!record) throw noSuch("checkout.session", id, "session");
  return record;
}

import type Stripe from "stripe";
import { z } from "zod";
import { listObjects } from "@/lib/sandbox/stripe/list-objects";
import {
  boolean,
  createdRange,
  expand,
  paging,
  paramsFor,
  readParams,
} from "@/lib/sandbox/stripe/read-params";
import { noSuch } from "@/lib/sandbox/stripe/stripe-fault";
import type { Route } from "@/lib/sandbox/stripe/types";

const ListParams = paramsFor<Stripe.EventListParams>()({
  ...paging,
  created: createdRange,
  delivery_success: boolean.optional(),
  type: z.string().optional(),
  types: z.array(z.string()).max(20).optional(),
});

/** https://docs.stripe.com/api/events */
export const eventRoutes: Route[] = [
  {
    method: "GET",
    path: "/v1/events",
    handle(context, request) {
      const params = readParams(ListParams, request.params);
      const wanted = Object.values(context.state.events).filter(
        (event) =>
          (params.type === undefined || matches(event.type, params.type)) &&
          (params.types === undefined || params.types.some((type) => matches(event.type, type))) &&
          (params.delivery_success === undefined ||
            (event.pending_webhooks === 0) === params.delivery_success),
      );
      return listObjects(wanted, params, "/v1/events");
    },
  },
  {
    method: "GET",
    path: "/v1/events/:id",
    handle(context, request) {
      readParams(z.strictObject({ expand }), request.params);
      const id = request.ids.id ?? "";
      const event = context.state.events[id];
      if (!event) throw noSuch("event", id);
      return event;
    },
  },
];

/** `charge.*` takes every type that begins with `charge.`. */
function matches(type: string, pattern: string): boolean {
  return pattern.endsWith("*") ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}

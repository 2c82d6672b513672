import type Stripe from "stripe";
import { z } from "zod";
import { listObjects } from "@/lib/sandbox/stripe/list-objects";
import { makeId } from "@/lib/sandbox/stripe/make-id";
import {
  createdRange,
  expand,
  metadata,
  paging,
  paramsFor,
  readParams,
} from "@/lib/sandbox/stripe/read-params";
import { badParam, noSuch } from "@/lib/sandbox/stripe/stripe-fault";
import type { Route, State } from "@/lib/sandbox/stripe/types";

const address = z.strictObject({
  city: z.string().optional(),
  country: z.string().optional(),
  line1: z.string().optional(),
  line2: z.string().optional(),
  postal_code: z.string().optional(),
  state: z.string().optional(),
});

const Fields = paramsFor<Stripe.CustomerCreateParams & Stripe.CustomerUpdateParams>()({
  address: address.optional(),
  description: z.string().max(350).optional(),
  email: z.string().max(512).optional(),
  expand,
  metadata: metadata.optional(),
  name: z.string().max(256).optional(),
  phone: z.string().max(20).optional(),
});
const ListParams = paramsFor<Stripe.CustomerListParams>()({
  ...paging,
  created: createdRange,
  email: z.string().optional(),
});

/** https://docs.stripe.com/api/customers */
export const customerRoutes: Route[] = [
  {
    method: "POST",
    path: "/v1/customers",
    handle(context, request) {
      const params = readParams(Fields, request.params);
      const customer: Stripe.Customer = {
        id: makeId("cus"),
        object: "customer",
        address: null,
        balance: 0,
        created: context.now(),
        currency: null,
        default_source: null,
        delinquent: false,
        description: null,
        discount: null,
        email: null,
        invoice_prefix: null,
        invoice_settings: {
          custom_fields: null,
          default_payment_method: null,
          footer: null,
          rendering_options: null,
        },
        livemode: false,
        metadata: {},
        name: null,
        next_invoice_sequence: 1,
        phone: null,
        preferred_locales: [],
        shipping: null,
        tax_exempt: "none",
        test_clock: null,
      };
      apply(customer, params);
      context.state.customers[customer.id] = customer;
      context.emit("customer.created", customer, request.cause);
      return customer;
    },
  },
  {
    method: "GET",
    path: "/v1/customers",
    handle(context, request) {
      const params = readParams(ListParams, request.params);
      const all = Object.values(context.state.customers);
      const wanted =
        params.email === undefined ? all : all.filter((customer) => customer.email === params.email);
      return listObjects(wanted, params, "/v1/customers");
    },
  },
  {
    method: "GET",
    path: "/v1/customers/:id",
    handle(context, request) {
      readParams(z.strictObject({ expand }), request.params);
      return customerOf(context.state, request.ids.id ?? "");
    },
  },
  {
    method: "POST",
    path: "/v1/customers/:id",
    handle(context, request) {
      const customer = customerOf(context.state, request.ids.id ?? "");
      apply(customer, readParams(Fields, request.params));
      context.emit("customer.updated", customer, request.cause);
      return customer;
    },
  },
  {
    method: "DELETE",
    path: "/v1/customers/:id",
    handle(context, request) {
      const customer = customerOf(context.state, request.ids.id ?? "");
      delete context.state.customers[customer.id];
      context.emit("customer.deleted", customer, request.cause);
      const deleted: Stripe.DeletedCustomer = { id: customer.id, object: "customer", deleted: true };
      return deleted;
    },
  },
];

function customerOf(state: State, id: string): Stripe.Customer {
  const customer = state.customers[id];
  if (!customer) throw noSuch("customer", id);
  return customer;
}

function apply(customer: Stripe.Customer, params: z.output<typeof Fields>): void {
  if (params.email !== undefined) {
    if (params.email !== "" && !/^[^@\s]+@[^@\s]+$/.test(params.email)) {
      throw badParam("email", `Invalid email address: ${params.email}`, "email_invalid");
    }
    customer.email = params.email || null;
  }
  if (params.name !== undefined) customer.name = params.name || null;
  if (params.phone !== undefined) customer.phone = params.phone || null;
  if (params.description !== undefined) customer.description = params.description || null;
  if (params.metadata !== undefined) customer.metadata = mergeMetadata(customer.metadata, params.metadata);
  if (params.address !== undefined) {
    const { city, country, line1, line2, postal_code, state } = params.address;
    customer.address = {
      city: city || null,
      country: country || null,
      line1: line1 || null,
      line2: line2 || null,
      postal_code: postal_code || null,
      state: state || null,
    };
  }
}

/** An empty value removes its key. */
function mergeMetadata(old: Stripe.Metadata, added: Record<string, string>): Stripe.Metadata {
  return Object.fromEntries(Object.entries({ ...old, ...added }).filter(([, value]) => value !== ""));
}

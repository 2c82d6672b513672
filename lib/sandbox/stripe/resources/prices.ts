import type Stripe from "stripe";
import { z } from "zod";
import { listObjects } from "@/lib/sandbox/stripe/list-objects";
import { makeId } from "@/lib/sandbox/stripe/make-id";
import {
  boolean,
  createdRange,
  expand,
  integer,
  metadata,
  paging,
  paramsFor,
  readParams,
} from "@/lib/sandbox/stripe/read-params";
import { makeProduct } from "@/lib/sandbox/stripe/resources/products";
import { badParam, noSuch } from "@/lib/sandbox/stripe/stripe-fault";
import type { Route, StandInContext, WirePrice } from "@/lib/sandbox/stripe/types";

const currency = z.string().regex(/^[a-z]{3}$/i, "Invalid currency");
const productData = z.strictObject({
  name: z.string().min(1).max(250),
  description: z.string().max(40_000).optional(),
  metadata: metadata.optional(),
});
/** What a price is made of, whether by its own endpoint or inside a session's line. */
export const priceData = {
  currency,
  product: z.string().optional(),
  product_data: productData.optional(),
  tax_behavior: z.enum(["exclusive", "inclusive", "unspecified"]).optional(),
  unit_amount: integer.optional(),
};
const CreateParams = paramsFor<Stripe.PriceCreateParams>()({
  ...priceData,
  active: boolean.optional(),
  expand,
  lookup_key: z.string().max(200).optional(),
  metadata: metadata.optional(),
  nickname: z.string().max(5_000).optional(),
  transfer_lookup_key: boolean.optional(),
});
const UpdateParams = paramsFor<Stripe.PriceUpdateParams>()({
  active: boolean.optional(),
  expand,
  lookup_key: z.string().max(200).optional(),
  metadata: metadata.optional(),
  nickname: z.string().max(5_000).optional(),
  transfer_lookup_key: boolean.optional(),
});
const ListParams = paramsFor<Stripe.PriceListParams>()({
  ...paging,
  active: boolean.optional(),
  created: createdRange,
  currency: currency.optional(),
  lookup_keys: z.array(z.string()).optional(),
  product: z.string().optional(),
});

/** https://docs.stripe.com/api/prices */
export const priceRoutes: Route[] = [
  {
    method: "POST",
    path: "/v1/prices",
    handle(context, request) {
      const params = readParams(CreateParams, request.params);
      claimLookupKey(context, params.lookup_key, params.transfer_lookup_key ?? false);
      const price = makePrice(context, params, "");
      Object.assign(price, {
        active: params.active ?? true,
        lookup_key: params.lookup_key ?? null,
        metadata: params.metadata ?? {},
        nickname: params.nickname ?? null,
      } satisfies Partial<WirePrice>);
      context.emit("price.created", price, request.cause);
      return price;
    },
  },
  {
    method: "GET",
    path: "/v1/prices",
    handle(context, request) {
      const params = readParams(ListParams, request.params);
      const wanted = Object.values(context.state.prices).filter(
        (price) =>
          (params.active === undefined || price.active === params.active) &&
          (params.currency === undefined || price.currency === params.currency.toLowerCase()) &&
          (params.lookup_keys === undefined || params.lookup_keys.includes(price.lookup_key ?? "")) &&
          (params.product === undefined || price.product === params.product),
      );
      return listObjects(wanted, params, "/v1/prices");
    },
  },
  {
    method: "GET",
    path: "/v1/prices/:id",
    handle(context, request) {
      readParams(z.strictObject({ expand }), request.params);
      return priceOf(context, request.ids.id ?? "", "price");
    },
  },
  {
    method: "POST",
    path: "/v1/prices/:id",
    handle(context, request) {
      const price = priceOf(context, request.ids.id ?? "", "price");
      const params = readParams(UpdateParams, request.params);
      claimLookupKey(context, params.lookup_key, params.transfer_lookup_key ?? false, price.id);
      if (params.active !== undefined) price.active = params.active;
      if (params.lookup_key !== undefined) price.lookup_key = params.lookup_key || null;
      if (params.nickname !== undefined) price.nickname = params.nickname || null;
      if (params.metadata !== undefined) price.metadata = { ...price.metadata, ...params.metadata };
      context.emit("price.updated", price, request.cause);
      return price;
    },
  },
];

/** A one-time price; `param` is where its data stands in the request, for the wording of faults. */
export function makePrice(
  context: StandInContext,
  data: {
    currency: string;
    product?: string | undefined;
    product_data?: z.output<typeof productData> | undefined;
    tax_behavior?: Stripe.Price.TaxBehavior | undefined;
    unit_amount?: number | undefined;
  },
  param: string,
): WirePrice {
  const at = (name: string) => (param ? `${param}[${name}]` : name);
  if (data.unit_amount === undefined) {
    throw badParam(at("unit_amount"), `Missing required param: ${at("unit_amount")}.`, "parameter_missing");
  }
  if (data.unit_amount < 0) {
    throw badParam(at("unit_amount"), "Invalid non-negative integer", "parameter_invalid_integer");
  }
  if (data.unit_amount > 99_999_999) {
    throw badParam(at("unit_amount"), "Amount must be no more than $999,999.99", "amount_too_large");
  }
  if ((data.product === undefined) === (data.product_data === undefined)) {
    throw badParam(
      at("product"),
      "You must specify either `product` or `product_data`.",
      "parameter_missing",
    );
  }
  if (data.product !== undefined && !context.state.products[data.product]) {
    throw noSuch("product", data.product, at("product"), 400);
  }
  const product = data.product ?? makeProduct(context, data.product_data ?? { name: "" }).id;
  const price: WirePrice = {
    id: makeId("price"),
    object: "price",
    active: true,
    billing_scheme: "per_unit",
    created: context.now(),
    currency: data.currency.toLowerCase(),
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product,
    recurring: null,
    tax_behavior: data.tax_behavior ?? "unspecified",
    tiers_mode: null,
    transform_quantity: null,
    type: "one_time",
    unit_amount: data.unit_amount,
    unit_amount_decimal: String(data.unit_amount),
  };
  context.state.prices[price.id] = price;
  return price;
}

/** Throws StripeFault (404 in a path, 400 within a request) when there is no such price. */
export function priceOf(
  context: StandInContext,
  id: string,
  param: string,
  status: 400 | 404 = 404,
): WirePrice {
  const price = context.state.prices[id];
  if (!price) throw noSuch("price", id, param, status);
  return price;
}

function claimLookupKey(
  context: StandInContext,
  key: string | undefined,
  transfer: boolean,
  self?: string,
): void {
  if (!key) return;
  const holder = Object.values(context.state.prices).find(
    (price) => price.lookup_key === key && price.id !== self,
  );
  if (!holder) return;
  if (!transfer) {
    throw badParam(
      "lookup_key",
      `A price (\`${holder.id}\`) already uses that lookup key.`,
      "resource_already_exists",
    );
  }
  holder.lookup_key = null;
}

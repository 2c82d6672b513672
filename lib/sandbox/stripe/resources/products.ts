import type Stripe from "stripe";
import { z } from "zod";
import { listObjects } from "@/lib/sandbox/stripe/list-objects";
import { makeId } from "@/lib/sandbox/stripe/make-id";
import {
  boolean,
  createdRange,
  expand,
  metadata,
  paging,
  paramsFor,
  readParams,
} from "@/lib/sandbox/stripe/read-params";
import { badParam, noSuch } from "@/lib/sandbox/stripe/stripe-fault";
import type { Route, StandInContext } from "@/lib/sandbox/stripe/types";

const name = z.string().min(1).max(250);
const optional = {
  active: boolean.optional(),
  description: z.string().max(40_000).optional(),
  expand,
  metadata: metadata.optional(),
};
const CreateParams = paramsFor<Stripe.ProductCreateParams>()({
  ...optional,
  name,
  id: z.string().max(100).optional(),
});
const UpdateParams = paramsFor<Stripe.ProductUpdateParams>()({ ...optional, name: name.optional() });
const ListParams = paramsFor<Stripe.ProductListParams>()({
  ...paging,
  active: boolean.optional(),
  created: createdRange,
  ids: z.array(z.string()).optional(),
});

/** https://docs.stripe.com/api/products */
export const productRoutes: Route[] = [
  {
    method: "POST",
    path: "/v1/products",
    handle(context, request) {
      const params = readParams(CreateParams, request.params);
      if (params.id && context.state.products[params.id]) {
        throw badParam("id", "Product already exists.", "resource_already_exists");
      }
      const product = makeProduct(context, params);
      context.emit("product.created", product, request.cause);
      return product;
    },
  },
  {
    method: "GET",
    path: "/v1/products",
    handle(context, request) {
      const params = readParams(ListParams, request.params);
      const wanted = Object.values(context.state.products).filter(
        (product) =>
          (params.active === undefined || product.active === params.active) &&
          (params.ids === undefined || params.ids.includes(product.id)),
      );
      return listObjects(wanted, params, "/v1/products");
    },
  },
  {
    method: "GET",
    path: "/v1/products/:id",
    handle(context, request) {
      readParams(z.strictObject({ expand }), request.params);
      return productOf(context, request.ids.id ?? "");
    },
  },
  {
    method: "POST",
    path: "/v1/products/:id",
    handle(context, request) {
      const product = productOf(context, request.ids.id ?? "");
      const params = readParams(UpdateParams, request.params);
      if (params.name !== undefined) product.name = params.name;
      if (params.active !== undefined) product.active = params.active;
      if (params.description !== undefined) product.description = params.description || null;
      if (params.metadata !== undefined) product.metadata = { ...product.metadata, ...params.metadata };
      product.updated = context.now();
      context.emit("product.updated", product, request.cause);
      return product;
    },
  },
];

/** Makes and keeps a product; prices and sessions make theirs from `product_data` with it. */
export function makeProduct(
  context: StandInContext,
  params: {
    name: string;
    id?: string | undefined;
    active?: boolean | undefined;
    description?: string | undefined;
    metadata?: Stripe.Metadata | undefined;
  },
): Stripe.Product {
  const product: Stripe.Product = {
    id: params.id ?? makeId("prod"),
    object: "product",
    active: params.active ?? true,
    created: context.now(),
    default_price: null,
    description: params.description || null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: params.metadata ?? {},
    name: params.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: "service",
    unit_label: null,
    updated: context.now(),
    url: null,
  };
  context.state.products[product.id] = product;
  return product;
}

function productOf(context: StandInContext, id: string): Stripe.Product {
  const product = context.state.products[id];
  if (!product) throw noSuch("product", id);
  return product;
}

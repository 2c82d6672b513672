import { StripeFault } from "@/lib/sandbox/stripe/stripe-fault";
import type { State } from "@/lib/sandbox/stripe/types";

const MAX_LEVELS = 4;

/**
 * Replaces ids by the objects they name along each path, such as `payment_intent.latest_charge` or
 * `data.customer`. Returns a copy. Throws StripeFault (400) on a property that cannot be expanded.
 * https://docs.stripe.com/api/expanding_objects
 */
export function expandObject(state: State, object: object, paths: readonly string[]): object {
  const copy = structuredClone(object);
  for (const path of paths) {
    const parts = path.split(".");
    if (parts.length > MAX_LEVELS) {
      throw bad(`You cannot expand more than ${MAX_LEVELS} levels of a property. Property: ${path}`);
    }
    expandPath(state, copy as Record<string, unknown>, parts, path);
  }
  return copy;
}

function expandPath(state: State, object: Record<string, unknown>, parts: string[], path: string): void {
  const [part, ...rest] = parts;
  if (part === undefined) return;
  if (part === "line_items" && object.object === "checkout.session") {
    object.line_items ??= lineItems(state, String(object.id));
  }
  if (part === "refunds" && object.object === "charge") {
    object.refunds ??= refunds(state, String(object.id));
  }
  let value = object[part];
  if (value === undefined) throw bad(`This property cannot be expanded (${path}).`);
  if (typeof value === "string") {
    const found = findById(state, value);
    if (!found) throw bad(`This property cannot be expanded (${path}).`);
    value = structuredClone(found);
    object[part] = value;
  }
  if (rest.length === 0 || value === null) return;
  for (const item of Array.isArray(value) ? value : [value]) {
    if (item && typeof item === "object") expandPath(state, item as Record<string, unknown>, rest, path);
  }
}

function findById(state: State, id: string): object | undefined {
  switch (id.split("_")[0]) {
    case "cus":
      return state.customers[id];
    case "prod":
      return state.products[id];
    case "price":
      return state.prices[id];
    case "cs":
      return state.sessions[id]?.session;
    case "pi":
      return state.paymentIntents[id];
    case "pm":
      return state.paymentMethods[id];
    case "ch":
      return state.charges[id];
    case "re":
      return state.refunds[id];
    case "in":
      return state.invoices[id];
    default:
      return undefined;
  }
}

function lineItems(state: State, sessionId: string): object {
  const data = structuredClone(state.sessions[sessionId]?.lineItems ?? []);
  return { object: "list", data, has_more: false, url: `/v1/checkout/sessions/${sessionId}/line_items` };
}

function refunds(state: State, chargeId: string): object {
  const data = Object.values(state.refunds).filter((refund) => refund.charge === chargeId);
  return {
    object: "list",
    data: structuredClone(data.reverse()),
    has_more: false,
    url: `/v1/charges/${chargeId}/refunds`,
  };
}

function bad(message: string): StripeFault {
  return new StripeFault(400, { type: "invalid_request_error", param: "expand", message });
}

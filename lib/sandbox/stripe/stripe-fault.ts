import type Stripe from "stripe";

/** Source of types and codes: https://docs.stripe.com/api/errors and https://docs.stripe.com/error-codes */
export interface FaultBody {
  type: Stripe.RawErrorType;
  message: string;
  code?: string;
  param?: string;
  decline_code?: string;
  doc_url?: string;
  /** Of a card error: the payment as it stands. */
  payment_intent?: Stripe.PaymentIntent;
}

/** An answer in the shape of Stripe's errors: `{"error": {...}}`. */
export class StripeFault extends Error {
  override readonly name = "StripeFault";
  readonly status: number;
  readonly body: FaultBody;

  constructor(status: number, body: FaultBody) {
    super(body.message);
    this.status = status;
    this.body = body.code ? { ...body, doc_url: `https://docs.stripe.com/error-codes#${body.code}` } : body;
  }
}

/** 400 about one parameter. */
export function badParam(param: string, message: string, code = "parameter_invalid"): StripeFault {
  return new StripeFault(400, { type: "invalid_request_error", code, param, message });
}

/** About an object that is not there: `No such customer: 'cus_...'`. 404 for the path's own, 400 inside a request. */
export function noSuch(kind: string, id: string, param = "id", status: 400 | 404 = 404): StripeFault {
  return new StripeFault(status, {
    type: "invalid_request_error",
    code: "resource_missing",
    param,
    message: `No such ${kind}: '${id.slice(0, 200)}'`,
  });
}

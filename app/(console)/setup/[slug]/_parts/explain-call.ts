import type { Watched } from "./use-watch";

/** What became of a watched call, as a key of the catalogue's `setup.watch.failed`. */
export type CallTrouble =
  | "path"
  | "model"
  | "notAllowed"
  | "credit"
  | "limit"
  | "frozen"
  | "address"
  | "upstream"
  | "cut"
  | "body"
  | "other";

const BY_CODE: Readonly<Record<string, CallTrouble>> = {
  not_found: "path",
  model_not_found: "model",
  model_not_allowed: "notAllowed",
  insufficient_quota: "credit",
  request_cost_limit: "credit",
  rate_limit_exceeded: "limit",
  concurrency_limit_exceeded: "limit",
  account_frozen: "frozen",
  ip_not_allowed: "address",
  upstream_unavailable: "upstream",
  upstream_timeout: "upstream",
  invalid_request_error: "body",
  unsupported_capability: "body",
  context_length_exceeded: "body",
};

/** Null where the call went well. */
export function explainCall(call: Pick<Watched, "errorCode" | "httpStatus" | "outcome">): CallTrouble | null {
  if (call.errorCode === null && call.httpStatus < 400) {
    return call.outcome === "cancelled" ? "cut" : null;
  }
  return BY_CODE[call.errorCode ?? ""] ?? "other";
}

/**
 * Every way in which the gateway refuses or fails, as data: the error bodies of each dialect and the pages under
 * /docs/errors are made from it. Sentences are written for the end user, because clients show them verbatim.
 */
export interface GatewayErrorEntry {
  /** HTTP status in OpenAI's dialect. */
  status: number;
  /** `error.type` in OpenAI's dialect. */
  type: string;
  /** Status and type in Anthropic's dialect. */
  anthropic: { status: number; type: string };
  /** True when the same call cannot succeed later without a change: answered with `x-should-retry: false`. */
  permanent: boolean;
  title: string;
  /** The message when nothing more exact can be said. */
  sentence: string;
  /** When it happens, for the docs. */
  meaning: string;
  /** What it means for the balance. */
  money: string;
  /** What to do about it, one step an entry. */
  steps: readonly string[];
}

const FREE = "Nothing was charged.";

export const GATEWAY_ERRORS = {
  invalid_request_error: {
    status: 400,
    type: "invalid_request_error",
    anthropic: { status: 400, type: "invalid_request_error" },
    permanent: true,
    title: "The request is not valid",
    sentence: "The request is not valid. Check the field that the error names.",
    meaning:
      "The body is not JSON, names a field twice, gives a field the wrong type or an impossible value, or the provider refused it as invalid. `param` names the field where one is to blame.",
    money: FREE,
    steps: [
      "Read `error.message` and `error.param`: they name the field.",
      "Compare the request with the example for your client on the Setup page.",
      "If the message is the provider's own, look the parameter up in the provider's documentation for this model.",
    ],
  },
  context_length_exceeded: {
    status: 400,
    type: "invalid_request_error",
    anthropic: { status: 400, type: "invalid_request_error" },
    permanent: true,
    title: "The conversation is too long for the model",
    sentence:
      "The conversation is longer than this model can read. Shorten it, or choose a model with a larger context.",
    meaning:
      "What was sent, together with the output asked for, has more tokens than the model's context holds. The message is the provider's own, which many clients understand and answer by summarising.",
    money: FREE,
    steps: [
      "Start a new conversation, or let your client compact this one.",
      "Lower `max_tokens`: the room for the answer counts too.",
      "Or choose a model with a larger context: the Models page shows each one's.",
    ],
  },
  unsupported_capability: {
    status: 400,
    type: "invalid_request_error",
    anthropic: { status: 400, type: "invalid_request_error" },
    permanent: true,
    title: "The model cannot do this",
    sentence: "This model does not support something the request asks for.",
    meaning:
      "The request carries images, tools, a JSON schema or another feature that the chosen model does not have. It is refused before anything is sent, instead of being dropped in silence.",
    money: FREE,
    steps: [
      "Choose a model that has the capability: the Models page and `GET /v1/models` list what each can do.",
      "Or switch the feature off in your client for this model.",
    ],
  },
  invalid_api_key: {
    status: 401,
    type: "invalid_request_error",
    anthropic: { status: 401, type: "authentication_error" },
    permanent: true,
    title: "The API key is not valid",
    sentence:
      "The API key is missing, mistyped or revoked. Create a key on the Tokens page and paste it whole.",
    meaning:
      "No key was sent, it was cut or mistyped (keys carry a checksum), it belongs to another service, or it was revoked.",
    money: FREE,
    steps: [
      "Send the key as `Authorization: Bearer sk-tg-...`; `x-api-key` and `api-key` work too.",
      "Copy it whole: a key has 55 characters and begins with `sk-tg-`.",
      "If it was revoked, create or rotate a key on the Tokens page and update your client.",
    ],
  },
  api_key_expired: {
    status: 401,
    type: "invalid_request_error",
    anthropic: { status: 401, type: "authentication_error" },
    permanent: true,
    title: "The API key has expired",
    sentence: "This API key has expired. Create or rotate a key on the Tokens page and update your client.",
    meaning:
      "The key's expiry has passed, or it was rotated and the time in which the old secret still worked is over.",
    money: FREE,
    steps: [
      "Create a new key, or rotate this one, on the Tokens page.",
      "Paste the new secret into your client.",
    ],
  },
  api_key_disabled: {
    status: 401,
    type: "invalid_request_error",
    anthropic: { status: 401, type: "authentication_error" },
    permanent: true,
    title: "The API key is paused",
    sentence: "This API key is paused. Resume it on the Tokens page.",
    meaning: "Someone with access to the workspace paused this key.",
    money: FREE,
    steps: ["Resume the key on the Tokens page, or use another one."],
  },
  wrong_key_type: {
    status: 401,
    type: "invalid_request_error",
    anthropic: { status: 401, type: "authentication_error" },
    permanent: true,
    title: "This is a management key",
    sentence:
      "This is a management key (mk-tg-...): it manages keys and cannot call models. Use an API key that begins with sk-tg-.",
    meaning: "Management keys serve the management API only; calls to models need an API key.",
    money: FREE,
    steps: ["Create an API key (`sk-tg-...`) on the Tokens page and use that."],
  },
  insufficient_quota: {
    status: 403,
    type: "insufficient_quota",
    anthropic: { status: 402, type: "billing_error" },
    permanent: true,
    title: "Not enough credit",
    sentence: "There is not enough credit for this call. Add credits and try again.",
    meaning:
      "Not even a minimal answer fits the balance (`limit_source: account`) or the budget of this key (`limit_source: key`). `needed_usd` and `left_usd` say how much.",
    money: "Nothing was charged. The balance can never go below zero.",
    steps: [
      "With `limit_source: account`: add credits at `top_up_url`.",
      "With `limit_source: key`: raise the key's budget on the Tokens page, or wait until its period begins anew.",
      "Lower `max_tokens`, shorten the conversation, or choose a cheaper model.",
    ],
  },
  model_not_allowed: {
    status: 403,
    type: "invalid_request_error",
    anthropic: { status: 403, type: "permission_error" },
    permanent: true,
    title: "The key may not use this model",
    sentence: "This API key may not use this model.",
    meaning: "The key is limited to certain models and this is not one of them.",
    money: FREE,
    steps: [
      "Choose a model that `GET /v1/models` lists for this key.",
      "Or allow the model for the key on the Tokens page. Clients that also use a small model for titles need that one too.",
    ],
  },
  ip_not_allowed: {
    status: 403,
    type: "invalid_request_error",
    anthropic: { status: 403, type: "permission_error" },
    permanent: true,
    title: "The key may not be used from this address",
    sentence: "This API key may not be used from this network address.",
    meaning: "The key is limited to certain IP ranges and the call came from outside them.",
    money: FREE,
    steps: [
      "Call from an allowed network, or add this address to the key's IP ranges on the Tokens page.",
      "Clients that run on a server call from the server's address, not from yours.",
    ],
  },
  request_cost_limit: {
    status: 403,
    type: "invalid_request_error",
    anthropic: { status: 403, type: "permission_error" },
    permanent: true,
    title: "The call could cost more than this key allows",
    sentence: "This call could cost more than this API key allows per request.",
    meaning: "The key has a cap per request, and even a minimal answer to this input would exceed it.",
    money: FREE,
    steps: [
      "Shorten the input or choose a cheaper model.",
      "Or raise the key's cap per request on the Tokens page.",
    ],
  },
  account_frozen: {
    status: 403,
    type: "invalid_request_error",
    anthropic: { status: 403, type: "permission_error" },
    permanent: true,
    title: "The account is on hold",
    sentence: "This account is on hold and cannot make calls. Contact support.",
    meaning: "The operator put the account on hold, for example while a payment is disputed.",
    money: "Nothing was charged. The balance is kept.",
    steps: ["Contact support with the request id."],
  },
  model_not_found: {
    status: 404,
    type: "invalid_request_error",
    anthropic: { status: 404, type: "not_found_error" },
    permanent: true,
    title: "There is no such model",
    sentence: "There is no model with this id.",
    meaning: "The id in `model` is not one that this gateway offers. The message names the nearest ids.",
    money: FREE,
    steps: [
      "Copy an id from the Models page or from `GET /v1/models`.",
      "Ids are exact, capital letters and the part before the slash included.",
    ],
  },
  not_found: {
    status: 404,
    type: "invalid_request_error",
    anthropic: { status: 404, type: "not_found_error" },
    permanent: true,
    title: "There is nothing at this address",
    sentence: "There is nothing at this address.",
    meaning: "The path or the method is not part of the API. The message names the right URL.",
    money: FREE,
    steps: ["Set your client's base URL as the Setup page shows it for that client (with or without `/v1`)."],
  },
  request_too_large: {
    status: 413,
    type: "invalid_request_error",
    anthropic: { status: 413, type: "request_too_large" },
    permanent: true,
    title: "The request is too large",
    sentence: "The request is larger than 32 MB. Send fewer or smaller images, or a shorter conversation.",
    meaning: "The body is larger than 32 MB, also counted after decompression.",
    money: FREE,
    steps: ["Send fewer or smaller images, or start a new conversation."],
  },
  websocket_unsupported: {
    status: 426,
    type: "invalid_request_error",
    anthropic: { status: 426, type: "invalid_request_error" },
    permanent: true,
    title: "WebSocket is not offered",
    sentence: "This gateway answers over HTTP with server-sent events, not over WebSocket.",
    meaning: "The client tried to open a WebSocket. Clients that can do both fall back to HTTP at once.",
    money: FREE,
    steps: ["Nothing, if your client falls back by itself. Otherwise switch WebSocket transport off in it."],
  },
  rate_limit_exceeded: {
    status: 429,
    type: "rate_limit_error",
    anthropic: { status: 429, type: "rate_limit_error" },
    permanent: false,
    title: "Too many requests or tokens per minute",
    sentence: "This API key's limit per minute is reached. Try again after the time in Retry-After.",
    meaning:
      "The key has a limit of requests or tokens per minute. `x-ratelimit-*` headers say how much is left and when the window ends.",
    money: FREE,
    steps: [
      "Wait for `Retry-After` seconds; the official SDKs do so by themselves.",
      "Or raise the key's limit on the Tokens page.",
    ],
  },
  concurrency_limit_exceeded: {
    status: 429,
    type: "rate_limit_error",
    anthropic: { status: 429, type: "rate_limit_error" },
    permanent: false,
    title: "Too many calls at once",
    sentence: "Too many calls are running at once. Try again in a moment.",
    meaning:
      "With `limit_source: in_flight`, calls that are still running hold the money that this one would need; what they do not use returns when they end. With `limit_source: key`, the key's limit of parallel requests is reached.",
    money: FREE,
    steps: [
      "Try again after `Retry-After`.",
      "With `limit_source: in_flight`: lower `max_tokens`, so that each call holds less, or add credits.",
      "With `limit_source: key`: raise the key's parallel requests on the Tokens page.",
    ],
  },
  internal_error: {
    status: 500,
    type: "server_error",
    anthropic: { status: 500, type: "api_error" },
    permanent: false,
    title: "Something went wrong here",
    sentence:
      "Something went wrong in the gateway. Try again; if it persists, contact support with the request id.",
    meaning: "An unexpected fault in the gateway itself. The operator sees it under the same request id.",
    money: "Nothing is charged for a call that delivered nothing.",
    steps: ["Try again.", "If it persists, contact support with the request id."],
  },
  upstream_unavailable: {
    status: 503,
    type: "server_error",
    anthropic: { status: 529, type: "overloaded_error" },
    permanent: false,
    title: "The provider cannot be reached",
    sentence:
      "The provider of this model is not available right now. Try again shortly, or choose another model.",
    meaning:
      "Every route to the model failed: the provider is down, refuses the gateway's own account or its rate, or broke off the answer. The operator has been alerted where it is theirs to mend.",
    money:
      "Nothing was charged if no part of an answer was delivered. If an answer broke off in the middle, the input and the part that arrived are charged.",
    steps: ["Try again shortly.", "Choose another model meanwhile; the status page shows which are up."],
  },
  service_unavailable: {
    status: 503,
    type: "server_error",
    anthropic: { status: 529, type: "overloaded_error" },
    permanent: false,
    title: "The gateway is not ready",
    sentence: "The gateway is restarting or cannot reach its database. Try again in a few seconds.",
    meaning: "The gateway is shutting down for a restart, or its database does not answer.",
    money: "Nothing is charged for a call that delivered nothing.",
    steps: ["Try again in a few seconds; the official SDKs do so by themselves."],
  },
  upstream_timeout: {
    status: 504,
    type: "server_error",
    anthropic: { status: 504, type: "timeout_error" },
    permanent: false,
    title: "The provider took too long",
    sentence: "The provider of this model did not answer in time. Try again, or choose another model.",
    meaning: "No route to the model produced a first byte, or the next one, within its time limit.",
    money:
      "Nothing was charged if no part of an answer was delivered. If an answer stalled in the middle, the input and the part that arrived are charged.",
    steps: ["Try again, with streaming switched on for long answers.", "Choose another model meanwhile."],
  },
} as const satisfies Record<string, GatewayErrorEntry>;

export type GatewayErrorCode = keyof typeof GATEWAY_ERRORS;

/** The page that explains a code. `publicUrl` is the dashboard's origin without a trailing slash. */
export function errorDocUrl(publicUrl: string, code: GatewayErrorCode): string {
  return `${publicUrl}/docs/errors/${code}`;
}

import type { IncomingMessage, ServerResponse } from "node:http";
import Stripe from "stripe";
import { log } from "@/lib/log";
import { authenticateRequest } from "@/lib/sandbox/stripe/authenticate-request";
import { expandObject } from "@/lib/sandbox/stripe/expand-object";
import { makeId } from "@/lib/sandbox/stripe/make-id";
import { parseForm } from "@/lib/sandbox/stripe/parse-form";
import { readBody } from "@/lib/sandbox/stripe/read-body";
import { replayReply, saveReply } from "@/lib/sandbox/stripe/replay-reply";
import { findRoute } from "@/lib/sandbox/stripe/routes";
import { StripeFault } from "@/lib/sandbox/stripe/stripe-fault";
import type { StandInContext } from "@/lib/sandbox/stripe/types";

interface Reply {
  status: number;
  body: string;
  headers?: Record<string, string>;
}

/** One call of the API, `/v1/...`: every outcome, also an unknown path, in Stripe's shape. Never throws. */
export async function answerApi(
  context: StandInContext,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const requestId = makeId("req");
  let reply: Reply;
  try {
    reply = await perform(context, request, url, requestId);
  } catch (error) {
    reply = faultReply(error, requestId);
  }
  const key = request.headers["idempotency-key"];
  response.writeHead(reply.status, {
    "content-type": "application/json",
    "cache-control": "no-cache, no-store",
    "request-id": requestId,
    "stripe-version": String(request.headers["stripe-version"] ?? Stripe.API_VERSION),
    ...(key === undefined ? {} : { "idempotency-key": String(key) }),
    ...reply.headers,
  });
  response.end(reply.body);
}

async function perform(
  context: StandInContext,
  request: IncomingMessage,
  url: URL,
  requestId: string,
): Promise<Reply> {
  authenticateRequest(request.headers);
  const method = request.method ?? "GET";
  const body = await readBody(request);
  const found = findRoute(method, url.pathname);
  if (!found) throw unrecognized(method, url.pathname);

  const key = method === "POST" ? String(request.headers["idempotency-key"] ?? "") : "";
  const asked = { method, path: url.pathname, body };
  if (key) {
    const saved = replayReply(context.state, key, asked, context.nowMs());
    if (saved) {
      return {
        status: saved.status,
        body: saved.body,
        headers: { "idempotent-replayed": "true", "original-request": saved.requestId },
      };
    }
  }
  const params = parseForm(method === "POST" ? body : url.search.slice(1));
  const cause = { id: requestId, idempotency_key: key || null };
  const result = found.route.handle(context, { method, path: url.pathname, ids: found.ids, params, cause });
  const expand = Array.isArray(params.expand) ? params.expand.map(String) : [];
  const text = JSON.stringify(expandObject(context.state, result, expand), null, 2);
  // As with Stripe, refusals before anything was done are not kept under the key.
  if (key) saveReply(context.state, key, asked, { status: 200, body: text, requestId }, context.nowMs());
  if (method !== "GET") await context.save();
  return { status: 200, body: text };
}

function unrecognized(method: string, path: string): StripeFault {
  const hint = path.endsWith("/")
    ? " If you are trying to list objects, remove the trailing slash. If you are trying to retrieve an object, make sure you passed a valid (non-empty) identifier in your code."
    : "";
  return new StripeFault(404, {
    type: "invalid_request_error",
    message: `Unrecognized request URL (${method}: ${path}).${hint} This is Tollgate's local stand-in of Stripe, which has only what Tollgate uses. Please see https://docs.stripe.com/api.`,
  });
}

function faultReply(error: unknown, requestId: string): Reply {
  if (error instanceof StripeFault) {
    const headers: Record<string, string> = error.status === 413 ? { connection: "close" } : {};
    return { status: error.status, body: JSON.stringify({ error: error.body }, null, 2), headers };
  }
  log.error({ err: error, stripeRequestId: requestId }, "the payment stand-in failed");
  const body = { error: { type: "api_error", message: "The stand-in failed: see its log." } };
  return { status: 500, body: JSON.stringify(body), headers: { "stripe-should-retry": "false" } };
}

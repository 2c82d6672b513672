import { ApiError, errorResponse } from "@/lib/api/api-error";
import { authenticate } from "@/lib/api/authenticate";
import type { Asked, Endpoint } from "@/lib/api/endpoint";
import { ENDPOINTS } from "@/lib/api/endpoints/all";
import { parseJson, readBody } from "@/lib/api/read-body";
import { answerOnce, idempotencyKey } from "@/lib/api/repeatable";
import { newId } from "@/lib/ids";

const ROOT = "/api/v1";

/** Answers any call of the management API, always in JSON, always with a request id, never stored on the way. */
export async function handleApi(request: Request): Promise<Response> {
  const requestId = newId("req");
  const response = await answer(request, requestId).catch((error) => errorResponse(error, requestId));
  response.headers.set("x-request-id", requestId);
  response.headers.set("cache-control", "no-store");
  return response;
}

async function answer(request: Request, requestId: string): Promise<Response> {
  const url = new URL(request.url);
  const path = url.pathname.slice(ROOT.length).replace(/\/+$/, "") || "/";
  // Before anything else is told: who does not hold a key learns only that.
  const caller = await authenticate(request.headers, requestId);
  const { endpoint, id } = route(request.method, path);
  const query = endpoint.query?.parse(Object.fromEntries(url.searchParams)) ?? {};
  const changes = endpoint.method !== "GET";
  const key = changes ? idempotencyKey(request.headers) : null;
  const text = changes ? (await readBody(request)).toString("utf8") : "";
  const body = endpoint.body?.parse(parseJson(text));
  const work = (tx: Asked<never, never>["tx"]) => {
    const asked: Asked<unknown, unknown> = { ctx: caller.ctx, id, query, body, tx };
    return endpoint.run(asked as Asked<never, never>);
  };
  const words = { method: endpoint.method, path: `${path}${url.search}`, body: text };
  const answered = await answerOnce(caller, { key, request: words }, endpoint.status, work);
  return new Response(answered.text, {
    status: answered.status,
    headers: {
      "content-type": "application/json; charset=utf-8",
      ...(answered.repeated ? { "idempotent-replayed": "true" } : {}),
    },
  });
}

/** Throws ApiError: another method names those that there are. */
function route(method: string, path: string): { endpoint: Endpoint; id: string } {
  const fitting = ENDPOINTS.flatMap((endpoint) => {
    const id = matchPath(endpoint.path, path);
    return id === null ? [] : [{ endpoint, id }];
  });
  if (fitting.length === 0)
    throw new ApiError("unknown_endpoint", "unknownEndpoint", { path: path.slice(0, 100) });
  const wanted = method === "HEAD" ? "GET" : method;
  const found = fitting.find(({ endpoint }) => endpoint.method === wanted);
  if (found) return found;
  const allow = fitting.map(({ endpoint }) => endpoint.method).join(", ");
  throw new ApiError(
    "method_not_allowed",
    "methodNotAllowed",
    { method: method.slice(0, 20), allow },
    { allow },
  );
}

/** What stands for `{id}`, empty where the pattern has none; null when the path is another. */
function matchPath(pattern: string, path: string): string | null {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return null;
  let id = "";
  for (const [i, part] of wanted.entries()) {
    if (part === "{id}") id = given[i] ?? "";
    else if (part !== given[i]) return null;
  }
  return id;
}

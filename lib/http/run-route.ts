import { unstable_rethrow } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { findUser, type SignedIn } from "@/lib/auth/session";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { findRequestId } from "@/lib/http/request-id";
import { sameOrigin } from "@/lib/http/same-origin";
import { log } from "@/lib/log";

const SAFE = new Set(["GET", "HEAD"]);

/**
 * The edge of a route of a signed-in person: origin (for what changes state), session, handler; refusals as
 * JSON with a request id. Never stored by anything in between.
 */
export async function runRoute(
  request: Request,
  handler: (ctx: SignedIn) => Promise<Response>,
): Promise<Response> {
  const requestId = await findRequestId();
  const response = await answer(request, requestId, handler);
  response.headers.set("x-request-id", requestId);
  if (!response.headers.has("cache-control")) response.headers.set("cache-control", "private, no-store");
  return response;
}

async function answer(
  request: Request,
  requestId: string,
  handler: (ctx: SignedIn) => Promise<Response>,
): Promise<Response> {
  try {
    if (!SAFE.has(request.method) && !sameOrigin(request.headers, env().publicUrl)) {
      throw new AppError("forbidden", "foreignOrigin");
    }
    const user = await findUser();
    if (!user) throw new AppError("not_signed_in", "sessionEnded");
    return await handler({ ...user, requestId });
  } catch (error) {
    unstable_rethrow(error);
    return refuse(error, requestId);
  }
}

async function refuse(error: unknown, requestId: string): Promise<Response> {
  const t = await getTranslations("errors");
  const body = (code: string, message: string, field?: string) => ({
    error: { code, message, ...(field ? { field } : {}), request_id: requestId },
  });
  if (error instanceof z.ZodError) {
    const field = error.issues[0]?.path.join(".");
    return Response.json(body("invalid_input", t("checkFields"), field), { status: 400 });
  }
  if (error instanceof AppError && t.has(error.message as "internal")) {
    const message = t(error.message as "internal", error.values as { requestId: string });
    return Response.json(body(error.code, message, error.field), { status: error.status });
  }
  log.error({ requestId, err: error }, "route failed");
  return Response.json(body("internal", t("internal", { requestId })), { status: 500 });
}

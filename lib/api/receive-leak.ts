import { ApiError, errorResponse } from "@/lib/api/api-error";
import { readBody } from "@/lib/api/read-body";
import { admitAttempt, ipSubject, type Pace } from "@/lib/auth/admit-attempt";
import { AppError } from "@/lib/errors";
import { clientIp } from "@/lib/http/client-ip";
import { newId } from "@/lib/ids";
import { findSecrets } from "@/lib/keys/leaks/find-secrets";
import { reportLeak } from "@/lib/keys/leaks/report-leak";
import { errorText } from "@/lib/messages/error-text";

/** Per address of the caller: 20 reports a minute. */
const PACE: Pace = { free: 20, firstSeconds: 60, longestSeconds: 60, windowSeconds: 60 };

/**
 * Anyone who holds a key may report it here, in a body of any format that has the key in it; a JSON body may say
 * in `url` where it was found. Every report gets the same answer, so that nothing can be learned from it.
 */
export async function receiveLeak(request: Request): Promise<Response> {
  const requestId = newId("req");
  const response = await receive(request, requestId).catch((error) => errorResponse(error, requestId));
  response.headers.set("x-request-id", requestId);
  response.headers.set("cache-control", "no-store");
  return response;
}

async function receive(request: Request, requestId: string): Promise<Response> {
  if (request.method !== "POST") {
    const values = { method: request.method.slice(0, 20), allow: "POST" };
    throw new ApiError("method_not_allowed", "methodNotAllowed", values, { allow: "POST" });
  }
  const ip = clientIp(request.headers);
  const seconds = await admitAttempt(ipSubject("leak", ip), PACE);
  if (seconds > 0) throw new AppError("too_many", "tooManySeconds", { values: { seconds } });
  const body = (await readBody(request)).toString("utf8");
  const url = foundAt(body);
  for (const secret of findSecrets(body)) await reportLeak({ secret, via: "report", url, ip, requestId });
  return Response.json({ received: true, message: errorText("leakReceived") }, { status: 202 });
}

function foundAt(body: string): string | undefined {
  try {
    const { url } = JSON.parse(body) as { url?: unknown };
    return typeof url === "string" ? url : undefined;
  } catch {
    return undefined;
  }
}

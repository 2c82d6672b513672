import type { Instrumentation } from "next";

/**
 * A page or route that failed, under the request id and the digest that the error page shows. Never the query:
 * links of mails carry their token there.
 */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  const { log } = await import("@/lib/log");
  const digest = typeof error === "object" && error !== null && "digest" in error ? error.digest : undefined;
  log.error(
    {
      requestId: request.headers["x-request-id"],
      digest,
      method: request.method,
      path: request.path.split("?")[0],
      route: context.routePath,
      err: error,
    },
    "page failed",
  );
};

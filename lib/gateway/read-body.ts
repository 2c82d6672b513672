import type { IncomingMessage } from "node:http";
import type { Transform } from "node:stream";
import { BodyPieces } from "@/lib/gateway/body-pieces";
import { createExpander, EXPANDED } from "@/lib/gateway/expand";
import { GatewayError, invalidRequest } from "@/lib/gateway/gateway-error";

/** Over the limit, what still arrives is thrown away up to this much, so that the caller can read its 413. */
const DISCARD_BYTES = 64 * 1_048_576;

/**
 * The whole body, with its own count: a declared length is not believed. Compressed bodies are expanded under the
 * same limit. Throws GatewayError `request_too_large` or `invalid_request_error`; a caller that hangs up or takes
 * too long rejects too.
 */
export function readBody(req: IncomingMessage, maxBytes: number, timeoutMs: number): Promise<Buffer> {
  const encoding = req.headers["content-encoding"]?.toLowerCase() ?? "identity";
  if (encoding === "identity") return collect(req, req, maxBytes, timeoutMs);
  const expand = createExpander(encoding);
  if (!expand) {
    discard(req);
    return Promise.reject(
      invalidRequest(
        `Content-Encoding ${encoding.slice(0, 40)} is not supported. Use none, or one of ${EXPANDED.join(", ")}.`,
      ),
    );
  }
  const body = collect(req.pipe(expand), req, maxBytes, timeoutMs);
  req.once("error", (error) => expand.destroy(error));
  return body;
}

function collect(
  stream: IncomingMessage | Transform,
  req: IncomingMessage,
  maxBytes: number,
  timeoutMs: number,
): Promise<Buffer> {
  if (Number(req.headers["content-length"]) > maxBytes) {
    discard(req);
    return Promise.reject(new GatewayError("request_too_large"));
  }
  return new Promise((resolve, reject) => {
    const pieces = new BodyPieces(stream === req ? Number(req.headers["content-length"]) || 0 : 0);
    const timer = setTimeout(() => fail(invalidRequest("The body took too long to arrive.")), timeoutMs);
    const onData = (chunk: Buffer) => {
      if (pieces.sizeBytes + chunk.length > maxBytes) return fail(new GatewayError("request_too_large"));
      pieces.add(chunk);
    };
    const fail = (error: Error) => {
      clearTimeout(timer);
      stream.removeListener("data", onData);
      if (stream !== req) req.unpipe();
      discard(req);
      reject(error);
    };
    stream.on("data", onData);
    stream.once("end", () => {
      clearTimeout(timer);
      resolve(pieces.take());
    });
    stream.once("error", () =>
      fail(invalidRequest("The body broke off or is not what Content-Encoding says.")),
    );
    req.once("close", () => {
      if (!req.complete) fail(invalidRequest("The body broke off."));
    });
  });
}

/** Lets the rest of a body run into nothing, for a while; then the connection is cut. */
function discard(req: IncomingMessage): void {
  let size = 0;
  req.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > DISCARD_BYTES) req.destroy();
  });
  req.resume();
}

import { createServer, type IncomingMessage, type Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { Call } from "@/lib/gateway/call";
import { renderError } from "@/lib/gateway/dialects/render-error";
import { GatewayError, invalidRequest } from "@/lib/gateway/gateway-error";
import { handleRequest, handleUpgrade } from "@/lib/gateway/handle-request";
import { sendError } from "@/lib/gateway/respond";
import type { Services } from "@/lib/gateway/services";
import { newId } from "@/lib/ids";

/** Limits of a connection, apart from those of a body. */
export interface ServerTimeouts {
  headersTimeoutMs: number;
  /** For a whole request to arrive; an answer may take as long as it likes. */
  requestTimeoutMs: number;
  /** Longer than the idle time of the proxies in front, so that they never meet a closing connection. */
  keepAliveTimeoutMs: number;
}

const TIMEOUTS: ServerTimeouts = {
  headersTimeoutMs: 20_000,
  requestTimeoutMs: 300_000,
  keepAliveTimeoutMs: 75_000,
};
const MAX_HEADER_BYTES = 32_768;

/**
 * The gateway's HTTP server: Node's own parser in its strict mode, which refuses whatever could be read in two
 * ways (both Content-Length and Transfer-Encoding, bare line feeds, folded headers), without upgrades.
 */
export function createGatewayServer(services: Services, timeouts: Partial<ServerTimeouts> = {}): Server {
  const { headersTimeoutMs, requestTimeoutMs, keepAliveTimeoutMs } = { ...TIMEOUTS, ...timeouts };
  const server = createServer({
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    connectionsCheckingInterval: Math.min(5_000, headersTimeoutMs),
    maxHeaderSize: MAX_HEADER_BYTES,
    insecureHTTPParser: false,
    // Node would refuse it without a body; handleRequest says so like everything else.
    requireHostHeader: false,
    noDelay: true,
    keepAlive: true,
  });
  server.on("request", (req, res) => {
    void handleRequest(services, req, res);
  });
  // Whoever asks first learns that a body is too large before sending it.
  server.on("checkContinue", (req, res) => {
    if (Number(req.headers["content-length"]) > services.limits.maxBodyBytes) {
      const call = new Call(services, req, res);
      res.shouldKeepAlive = false;
      sendError(call, new GatewayError("request_too_large"));
      return;
    }
    res.writeContinue();
    void handleRequest(services, req, res);
  });
  server.on("checkExpectation", (req, res) => {
    res.shouldKeepAlive = false;
    sendError(
      new Call(services, req, res),
      invalidRequest("The Expect header names something that is not offered."),
    );
  });
  server.on("upgrade", (req: IncomingMessage, socket: Socket) => {
    const res = new ServerResponse(req);
    res.assignSocket(socket);
    res.on("finish", () => socket.end());
    socket.on("error", () => socket.destroy());
    handleUpgrade(services, req, res);
  });
  server.on("connect", (_req, socket: Socket) => {
    answerRaw(services, socket, 400, invalidRequest("CONNECT is not offered here."));
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === "ECONNRESET" || !socket.writable) {
      socket.destroy();
      return;
    }
    const [status, message] = malformed(error.code ?? "");
    answerRaw(services, socket, status, invalidRequest(message));
  });
  return server;
}

function malformed(code: string): [status: number, message: string] {
  if (code === "HPE_HEADER_OVERFLOW") return [431, "The headers of the request are too large."];
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return [408, "The request took too long to arrive."];
  return [400, "The request is not well-formed HTTP."];
}

/** An error for a request that never became one. */
function answerRaw(services: Services, socket: Socket, status: number, error: GatewayError): void {
  const requestId = newId("req");
  const { body } = renderError("chat", error, requestId, services.publicUrl);
  services.metrics.requests.inc({ endpoint: "malformed", status });
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nconnection: close\r\nx-request-id: ${requestId}\r\nx-should-retry: false\r\n` +
      `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import next from "next";
import { closeDb } from "@/lib/db";
import { env } from "@/lib/env";
import { PEER_HEADER } from "@/lib/http/client-ip";
import { isCrossSite } from "@/lib/http/is-cross-site";
import { boundsBody, MAX_BODY_BYTES, readPath, refuseRequest, TOO_LARGE } from "@/lib/http/refuse-request";
import { newId } from "@/lib/ids";
import { log } from "@/lib/log";
import { answerHealth } from "@/lib/run/answer-health";
import { capBody } from "@/lib/run/cap-body";
import { drain, listen, listenHost } from "@/lib/run/listen";
import { runMain } from "@/lib/run/main";
import { ROOT } from "@/lib/run/root.mjs";
import { refuseForeign } from "@/lib/sandbox/guard";

/** Pages and forms are small; only a very slow sender meets these. */
const HEADERS_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 60_000;
const KEEP_ALIVE_MS = 65_000;
const DRAIN_MS = 10_000;
const REQUEST_ID_HEADER = "x-request-id";

/** Gives every answer a request id, the same in its text, and what Next sends without one too. */
function giveId(response: ServerResponse): string {
  const requestId = newId("req");
  const writeHead = response.writeHead.bind(response) as (...given: unknown[]) => ServerResponse;
  response.writeHead = (...given: unknown[]) => {
    if (!response.hasHeader(REQUEST_ID_HEADER)) response.setHeader(REQUEST_ID_HEADER, requestId);
    return writeHead(...given);
  };
  return requestId;
}

function refuse(response: ServerResponse, status: number, reason: string, requestId: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  response.end(`${reason} (${requestId})\n`);
}

/** An answer where there is a socket and no response: an upgrade, or bytes that are no HTTP. */
function refuseRaw(socket: Duplex, status: string, reason: string): void {
  if (!socket.writable) return void socket.destroy();
  const requestId = newId("req");
  const body = `${reason} (${requestId})\n`;
  socket.on("error", () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status}\r\nconnection: close\r\n${REQUEST_ID_HEADER}: ${requestId}\r\n` +
      `content-type: text/plain; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** The caller's address as the socket has it; whatever somebody sent under that name goes. */
function markPeer(request: IncomingMessage): void {
  const address = request.socket.remoteAddress ?? "";
  request.headers[PEER_HEADER] = address;
  request.rawHeaders = request.rawHeaders.filter(
    (_, at, all) => all[at - (at % 2)]?.toLowerCase() !== PEER_HEADER,
  );
  request.rawHeaders.push(PEER_HEADER, address);
}

runMain("dashboard", async () => {
  const app = next({
    dev: false,
    dir: ROOT,
    hostname: listenHost(),
    port: env().PORT,
    quiet: true,
    // Never listens: Next would otherwise take upgrades from ours, and leave their sockets open for ever.
    httpServer: createServer(),
  });
  await app.prepare();
  const handle = app.getRequestHandler();
  let draining = false;

  const server = createServer(async (request, response) => {
    const requestId = giveId(response);
    try {
      if (draining) response.setHeader("connection", "close");
      const refusal = refuseRequest(request);
      if (refusal) return refuse(response, refusal.status, refusal.reason, requestId);
      if (await answerHealth(request, response, draining)) return;
      const path = readPath(request.url) ?? "";
      if (/^\/+sandbox\//.test(path)) {
        const foreign = refuseForeign(request.headers);
        if (foreign) return refuse(response, 403, foreign, requestId);
      }
      if (isCrossSite(request, env().publicUrl))
        return refuse(response, 403, "this was sent from a page of another site", requestId);
      if (request.headers["transfer-encoding"] !== undefined && boundsBody(path)) {
        capBody(request, MAX_BODY_BYTES, () => {
          if (response.headersSent) return void response.destroy();
          response.setHeader("connection", "close");
          refuse(response, TOO_LARGE.status, TOO_LARGE.reason, requestId);
        });
      }
      markPeer(request);
      await handle(request, response);
    } catch (error) {
      if (response.writableEnded) return;
      log.error(
        { requestId, err: error, path: request.url?.split("?", 1)[0] },
        "a page could not be answered",
      );
      if (!response.headersSent) response.writeHead(500).end();
      else response.destroy();
    }
  });
  server.on("upgrade", (_request, socket: Duplex) => {
    refuseRaw(socket, "426 Upgrade Required", "The dashboard answers over HTTP, not over WebSocket.");
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === "ECONNRESET") return void socket.destroy();
    const slow = error.code === "ERR_HTTP_REQUEST_TIMEOUT";
    const large = error.code === "HPE_HEADER_OVERFLOW";
    const status = slow
      ? "408 Request Timeout"
      : large
        ? "431 Request Header Fields Too Large"
        : "400 Bad Request";
    refuseRaw(socket, status, "The request is not well-formed HTTP, too large or too slow.");
  });
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await listen(server, env().PORT, "PORT");
  log.info({ port: env().PORT }, "dashboard listens");

  return {
    async stop() {
      draining = true;
      await drain(server, DRAIN_MS);
      await app.close();
      await closeDb();
    },
  };
});

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import next from "next";
import { closeDb } from "@/lib/db";
import { env } from "@/lib/env";
import { PEER_HEADER } from "@/lib/http/client-ip";
import { isCrossSite } from "@/lib/http/is-cross-site";
import { log } from "@/lib/log";
import { answerHealth } from "@/lib/run/answer-health";
import { drain, listen, listenHost } from "@/lib/run/listen";
import { runMain } from "@/lib/run/main";
import { ROOT } from "@/lib/run/root.mjs";
import { refuseForeign } from "@/lib/sandbox/guard";

/** Pages and forms are small; only a very slow sender meets these. */
const HEADERS_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 60_000;
const KEEP_ALIVE_MS = 65_000;
const DRAIN_MS = 10_000;

function refuse(response: ServerResponse, reason: string): void {
  response.writeHead(403, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  response.end(`${reason}\n`);
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
  const app = next({ dev: false, dir: ROOT, hostname: listenHost(), port: env().PORT, quiet: true });
  await app.prepare();
  const handle = app.getRequestHandler();
  let draining = false;

  const server = createServer(async (request, response) => {
    try {
      if (draining) response.setHeader("connection", "close");
      if (await answerHealth(request, response, draining)) return;
      if (request.url?.startsWith("/sandbox/")) {
        const foreign = refuseForeign(request.headers);
        if (foreign) return refuse(response, foreign);
      }
      if (isCrossSite(request, env().publicUrl))
        return refuse(response, "this was sent from a page of another site");
      markPeer(request);
      await handle(request, response);
    } catch (error) {
      log.error({ err: error, path: request.url?.split("?", 1)[0] }, "a page could not be answered");
      if (!response.headersSent) response.writeHead(500).end();
      else response.destroy();
    }
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

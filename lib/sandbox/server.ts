import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { log } from "@/lib/log";
import { handleEcho } from "@/lib/sandbox/echo/handle-echo";
import { refuseForeign } from "@/lib/sandbox/guard";
import { handleStripe } from "@/lib/sandbox/stripe/handle-stripe";
import { startStripe } from "@/lib/sandbox/stripe/start-stripe";

function answerJson(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify({ error: { message } }));
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const foreign = refuseForeign(request.headers);
  if (foreign) return answerJson(response, 403, foreign);
  if (request.url === "/healthz") return answerJson(response, 200, "ok");
  if ((await handleEcho(request, response)) || (await handleStripe(request, response))) return;
  answerJson(response, 404, "no stand-in answers here");
}

/** The stand-ins of local use behind one port of loopback, closed to everything that is not this machine. */
export async function startSandbox(port: number): Promise<Server> {
  startStripe();
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      log.error({ err: error }, "a stand-in failed");
      if (!response.headersSent) answerJson(response, 500, "the stand-in failed");
      else response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host: "127.0.0.1" }, () => resolve());
  });
  return server;
}

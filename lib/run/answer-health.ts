import type { IncomingMessage, ServerResponse } from "node:http";
import { readiness } from "@/lib/run/readiness";

function answer(response: ServerResponse, status: number, body: Record<string, unknown>): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
  });
  response.end(text);
}

/**
 * Answers `GET /healthz` (alive) and `GET /readyz` (database reachable, migrations current, not draining), without a
 * key. False for every other path.
 */
export async function answerHealth(
  request: IncomingMessage,
  response: ServerResponse,
  draining: boolean,
): Promise<boolean> {
  const path = request.url?.split("?", 1)[0];
  if (path === "/healthz") {
    answer(response, 200, { status: "ok" });
    return true;
  }
  if (path !== "/readyz") return false;
  const { ready, reason } = draining ? { ready: false, reason: "draining" } : await readiness();
  answer(response, ready ? 200 : 503, ready ? { status: "ready" } : { status: "not ready", reason });
  return true;
}

import type { Sender } from "@/lib/doctor/live-steps";

const TIMEOUT_MS = 45_000;

/** A sender from this very browser to the API: it sees the network that the person is in, not the server's. */
export function sendFromBrowser(apiRoot: string, key: string): Sender {
  return async ({ method, path, body }) => {
    const startedAt = performance.now();
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    try {
      const answer = await fetch(`${apiRoot}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal,
        cache: "no-store",
        credentials: "omit",
        referrerPolicy: "no-referrer",
      });
      const chunks: { text: string; atMs: number }[] = [];
      const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
        chunks.push({ text: part.value, atMs: performance.now() - startedAt });
      }
      return {
        kind: "answer",
        status: answer.status,
        contentType: answer.headers.get("content-type") ?? "",
        requestId: answer.headers.get("x-request-id"),
        costUsd: answer.headers.get("x-request-cost"),
        chunks,
        totalMs: performance.now() - startedAt,
      };
    } catch {
      return { kind: "silence", why: signal.aborted ? "timeout" : "network" };
    }
  };
}

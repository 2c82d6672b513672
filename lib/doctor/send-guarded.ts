import { openPool } from "@/lib/catalog/dispatcher";
import type { Sender } from "@/lib/doctor/live-steps";

const TIMEOUT_MS = 45_000;
const MOST_BYTES = 1_000_000;

/**
 * A sender to our own API and to nowhere else: one origin, every address checked at the moment of connecting, no
 * redirects. `apiRoot` is the installation's own setting and never comes from a paste.
 */
export function sendGuarded(apiRoot: string, key: string): Sender {
  return async ({ method, path, body }) => {
    const { pathname } = new URL(apiRoot);
    const startedAt = performance.now();
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    let pool: ReturnType<typeof openPool> | undefined;
    try {
      pool = openPool({ baseUrl: apiRoot, allowPrivate: true });
      const answer = await pool.request({
        method,
        path: `${pathname.replace(/\/$/, "")}${path}`,
        headers: {
          authorization: `Bearer ${key}`,
          "user-agent": "tollgate-doctor",
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal,
      });
      const chunks: { text: string; atMs: number }[] = [];
      const decoder = new TextDecoder();
      let size = 0;
      for await (const part of answer.body) {
        const bytes = part as Buffer;
        size += bytes.length;
        if (size > MOST_BYTES) break;
        chunks.push({ text: decoder.decode(bytes, { stream: true }), atMs: performance.now() - startedAt });
      }
      const header = (name: string) => [answer.headers[name]].flat()[0] ?? null;
      return {
        kind: "answer",
        status: answer.statusCode,
        contentType: header("content-type") ?? "",
        requestId: header("x-request-id"),
        costUsd: header("x-request-cost"),
        chunks,
        totalMs: performance.now() - startedAt,
      };
    } catch {
      return { kind: "silence", why: signal.aborted ? "timeout" : "network" };
    } finally {
      await pool?.destroy();
    }
  };
}

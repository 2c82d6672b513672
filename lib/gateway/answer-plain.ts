import type { CatalogModel, CatalogRoute } from "@/lib/catalog/types";
import type { Hold } from "@/lib/gateway/admit";
import type { Call } from "@/lib/gateway/call";
import { chooseRoutes } from "@/lib/gateway/choose-routes";
import type { ChatRequest } from "@/lib/gateway/dialects/chat/parse-chat";
import { capFieldOf, rewriteChat } from "@/lib/gateway/dialects/chat/rewrite-chat";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { measureCall } from "@/lib/gateway/measure-call";
import { send } from "@/lib/gateway/respond";
import { settleCall } from "@/lib/gateway/settle-call";
import { isFailure, tryRoutes } from "@/lib/gateway/try-routes";
import { UpstreamCall } from "@/lib/gateway/upstream-call";
import { errorBodyFailure, failureError, type UpstreamFailure } from "@/lib/gateway/upstream-failure";
import { ChatObserver } from "@/lib/gateway/upstreams/chat-observer";
import { targetOpenAi } from "@/lib/gateway/upstreams/openai-compatible";
import { usdExact } from "@/lib/money";

interface PlainAnswer {
  bytes: Buffer;
  text: string;
  observer: ChatObserver;
  sentMs: number;
  firstByteMs: number | null;
}

/**
 * A plain completion: asks upstream, measures, settles, and only then hands the body on as it came. A failure or a
 * caller who hangs up before the upstream began costs nothing.
 */
export async function answerPlain(
  call: Call,
  chat: ChatRequest,
  model: CatalogModel,
  hold: Hold,
): Promise<void> {
  const { services } = call;
  let cutBy: GatewayError | null = null;
  let current: UpstreamCall | null = null;
  let giveUp: ((failure: UpstreamFailure) => void) | null = null;
  const stop = () => {
    // Once it answers, the rest comes at once and is charged; before, nothing has been delivered.
    if (current?.begun) return;
    current?.abort();
    giveUp?.({ failed: true, kind: "gone" });
  };
  call.onGone = stop;
  const leave = services.openCalls.enter(() => {
    cutBy = new GatewayError("service_unavailable", { retryAfterMs: 1_000 });
    stop();
  });

  const attempt = (route: CatalogRoute) =>
    new Promise<PlainAnswer | UpstreamFailure>((resolve) => {
      if (call.gone || cutBy) return resolve({ failed: true, kind: "gone" });
      giveUp = resolve;
      const sentMs = performance.now();
      const chunks: Buffer[] = [];
      let size = 0;
      const upstream = new UpstreamCall(services, route.connection, {
        begin: () => undefined,
        data: (chunk) => {
          chunks.push(chunk);
          size += chunk.length;
          if (size <= services.limits.maxResponseBytes) return;
          upstream.abort();
          resolve({ failed: true, kind: "malformed", detail: "larger than an answer may be" });
        },
        end: () => {
          const bytes = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size);
          const text = bytes.toString("utf8");
          const read = readCompletion(text);
          if (isFailure(read)) resolve(read);
          else resolve({ bytes, text, observer: read, sentMs, firstByteMs: upstream.firstByteMs });
        },
        fail: resolve,
      });
      current = upstream;
      upstream.start(
        targetOpenAi(route.connection, "chat/completions", false),
        rewriteChat(chat, {
          upstreamId: route.upstreamId,
          capTokens: hold.sendCap ? hold.capTokens : null,
          capField: capFieldOf(model),
        }),
      );
    });

  try {
    const { route, fallbacks, result } = await tryRoutes(call, chooseRoutes(model.routes), attempt);
    if (isFailure(result)) {
      const error = cutBy ?? (call.gone ? null : failureError(result, route));
      await settleCall(
        call,
        hold,
        {
          model,
          streamed: false,
          outcome: error ? "upstream_error" : "cancelled",
          httpStatus: error ? error.status : 499,
          errorCode: error?.code ?? null,
          route,
          fallbacks,
        },
        { costNano: 0n },
      );
      if (error) throw error;
      return;
    }
    const { bytes, text, observer, sentMs, firstByteMs } = result;
    const measured = await measureCall(call, { chat, model, hold, observer, complete: true });
    const settled = await settleCall(
      call,
      hold,
      { ...measured.facts, model, streamed: false, httpStatus: 200, route, fallbacks, sentMs, firstByteMs },
      measured.money,
    );
    // As text it leaves in one write with its head; bytes that are not UTF-8 stay as they came.
    send(call, 200, Buffer.byteLength(text) === bytes.length ? text : bytes, {
      "x-request-cost": usdExact(settled.chargedNano),
      ...(hold.sendCap ? { "x-max-tokens-clamped": String(hold.capTokens) } : {}),
    });
  } finally {
    leave();
  }
}

/** A 200 may carry an error, or no completion at all. */
function readCompletion(text: string): ChatObserver | UpstreamFailure {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { failed: true, kind: "malformed", detail: "200 without JSON" };
  }
  if (typeof body !== "object" || body === null)
    return { failed: true, kind: "malformed", detail: "200 without an object" };
  const { error, choices } = body as { error?: unknown; choices?: unknown };
  if (error !== undefined && error !== null) return errorBodyFailure(error, text);
  if (!Array.isArray(choices)) return { failed: true, kind: "malformed", detail: "200 without choices" };
  const observer = new ChatObserver();
  observer.completion(body as Record<string, unknown>);
  return observer;
}

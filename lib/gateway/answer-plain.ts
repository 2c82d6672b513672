import type { CatalogModel, CatalogRoute } from "@/lib/catalog/types";
import type { Hold } from "@/lib/gateway/admit";
import { buildUpstream, type UpstreamRequest } from "@/lib/gateway/build-upstream";
import type { Call } from "@/lib/gateway/call";
import { chooseRoutes } from "@/lib/gateway/choose-routes";
import type { ApiRequest, Json, Settled } from "@/lib/gateway/dialects/api-request";
import { jsonWithCost } from "@/lib/gateway/dialects/cost-mark";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { measureCall } from "@/lib/gateway/measure-call";
import { NO_TOKENS } from "@/lib/gateway/price-call";
import { send } from "@/lib/gateway/respond";
import { settleCall } from "@/lib/gateway/settle-call";
import { isFailure, tryRoutes } from "@/lib/gateway/try-routes";
import { UpstreamCall } from "@/lib/gateway/upstream-call";
import { failureError, type UpstreamFailure } from "@/lib/gateway/upstream-failure";
import type { AnswerObserver } from "@/lib/gateway/upstreams/answer-observer";
import type { Wire } from "@/lib/gateway/upstreams/wire";
import { usdExact } from "@/lib/money";

interface PlainAnswer {
  built: UpstreamRequest;
  bytes: Buffer;
  text: string;
  body: Json;
  observer: AnswerObserver;
  sentMs: number;
  firstByteMs: number | null;
}

/**
 * A plain answer: asks upstream, measures, settles, and only then hands the body on, as it came where the upstream
 * speaks the caller's dialect. A failure or a caller who hangs up before the upstream began costs nothing.
 */
export async function answerPlain(
  call: Call,
  request: ApiRequest,
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
      const built = buildUpstream(request, model, route, hold);
      if (isFailure(built)) return resolve(built);
      giveUp = resolve;
      const sentMs = performance.now();
      const chunks: Buffer[] = [];
      let size = 0;
      const { connection, idleTimeoutMs } = route;
      // The first byte of a plain answer comes when all of it is there.
      const deadlines = { firstByteTimeoutMs: connection.plainTimeoutMs, idleTimeoutMs };
      const upstream = new UpstreamCall(services, connection, deadlines, {
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
          const read = readAnswer(built.wire, text);
          if (isFailure(read)) resolve(read);
          else resolve({ ...read, built, bytes, text, sentMs, firstByteMs: upstream.firstByteMs });
        },
        fail: resolve,
      });
      current = upstream;
      upstream.start(built.target, built.body);
    });

  try {
    const order = { strategy: model.strategy, health: services.routeHealth };
    const tried = await tryRoutes(call, chooseRoutes(model.routes, order), attempt);
    const { route, fallbacks, attempts, result } = tried;
    const known = { model, streamed: false, route, fallbacks, attempts };
    if (isFailure(result)) {
      const error = cutBy ?? (call.gone ? null : failureError(result, route));
      const refused = result.kind === "unsupported";
      await settleCall(
        call,
        hold,
        {
          ...known,
          outcome: error ? (refused ? "refused" : "upstream_error") : "cancelled",
          httpStatus: error ? error.status : 499,
          errorCode: error?.code ?? null,
        },
        { costNano: 0n },
      );
      if (error) throw error;
      return;
    }
    const { observer, sentMs, firstByteMs } = result;
    const measured = await measureCall(call, { request, model, hold, observer, complete: true });
    const facts = { ...measured.facts, ...known, httpStatus: 200, sentMs, firstByteMs };
    const { chargedNano } = await settleCall(call, hold, facts, measured.money);
    const { tokens = NO_TOKENS, finishReason = null } = measured.facts;
    send(call, 200, bodyFor(request, result, { tokens, chargedNano, finishReason }), {
      "x-request-cost": usdExact(chargedNano),
      ...(hold.sendCap ? { "x-max-tokens-clamped": String(hold.capTokens) } : {}),
    });
  } finally {
    leave();
  }
}

/** As it came where nothing must change: as text it leaves in one write with its head; odd bytes stay as they came. */
function bodyFor(request: ApiRequest, answer: PlainAnswer, settled: Settled): string | Buffer {
  const { built, body, bytes, text } = answer;
  if (!built.native) {
    return jsonWithCost(request.fromCompletion(built.wire.toCompletion(body), settled), settled.chargedNano);
  }
  const amended = request.amend(body, settled);
  if (amended) return jsonWithCost(amended, settled.chargedNano);
  return Buffer.byteLength(text) === bytes.length ? text : bytes;
}

/** A 200 may carry an error, or no answer at all. */
function readAnswer(wire: Wire, text: string): { body: Json; observer: AnswerObserver } | UpstreamFailure {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { failed: true, kind: "malformed", detail: "200 without JSON" };
  }
  if (typeof body !== "object" || body === null || Array.isArray(body))
    return { failed: true, kind: "malformed", detail: "200 without an object" };
  const read = wire.readPlain(body as Json, text);
  return isFailure(read) ? read : { body: body as Json, observer: read };
}

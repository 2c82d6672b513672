import { z } from "zod";
import type { Ctx } from "@/lib/actor";
import { db, pool } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { type CallTokens, PRICED_BUCKETS, type PriceSum, sumPrices } from "@/lib/usage/sum-prices";
import type { CallAttempt, UsageCall } from "@/lib/usage/types";

/** What is not the caller's to see, or comes in another type. */
type Hidden =
  | "workspaceId"
  | "connectionId"
  | "routeId"
  | "upstreamCostNano"
  | "startedAt"
  | "attempts"
  | "askedModel"
  | "clientTitle";

/** Everything about one call that its owner may see. Money in nano-USD. */
export interface CallDetail extends Omit<UsageCall, Hidden> {
  startedAt: Date;
  askedModel: string | null;
  clientTitle: string | null;
  /** The name of the connection that served it; null if none did, `""` if it is no longer there. */
  connectionName: string | null;
  /** Routes that were given up before, in order. */
  attempts: Attempt[];
  /** When it was settled. */
  createdAt: Date;
  costNano: bigint;
  /** What it was worth and nobody paid. */
  lossNano: bigint;
  reservedNano: bigint;
  keyName: string | null;
  /** What of the key's newest secret may be shown. */
  keyPrefix: string | null;
  keyLastFour: string | null;
  modelName: string | null;
  priceVersion: number | null;
  /** Null without a price: the call ended before one applied. */
  price: PriceSum | null;
}

/** One try at a route that was given up. */
export interface Attempt extends Pick<CallAttempt, "kind" | "status" | "ms"> {
  /** Its connection's name, `""` if that is no longer there. */
  connectionName: string;
}

type Row = Omit<CallDetail, keyof CallTokens | "clampedTokens" | "attempts" | "connectionName"> &
  Record<keyof CallTokens, bigint> & {
    clampedTokens: bigint | null;
    connectionId: string | null;
    attempts: unknown;
  };

/** One call of the workspace by its request id. Throws `not_found`, also for another workspace's. */
export async function getCall(ctx: Ctx, requestId: string): Promise<CallDetail> {
  const row = /^[\w.:-]{1,200}$/.test(requestId) ? await readRow(ctx, requestId) : undefined;
  if (!row) throw notFound("call");
  const { attempts: raw, connectionId, ...rest } = row;
  const attempts = readAttempts(raw);
  const ids = [...attempts.map((attempt) => attempt.connection), ...(connectionId ? [connectionId] : [])];
  const [price, key, model, connections] = await Promise.all([
    row.priceId ? db().price.findUnique({ where: { id: row.priceId } }) : null,
    db().key.findFirst({
      where: { id: row.keyId, workspaceId: ctx.workspaceId },
      select: {
        name: true,
        secrets: {
          select: { prefix: true, lastFour: true },
          orderBy: [{ endsAt: { sort: "desc", nulls: "first" } }, { createdAt: "desc" }],
          take: 1,
        },
      },
    }),
    db().model.findUnique({ where: { id: row.modelId }, select: { displayName: true } }),
    db().connection.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } }),
  ]);
  const names = new Map(connections.map(({ id, name }) => [id, name]));
  const tokens = Object.fromEntries(
    PRICED_BUCKETS.map(([, count]) => [count, Number(row[count])]),
  ) as unknown as CallTokens;
  return {
    ...rest,
    ...tokens,
    connectionName: connectionId === null ? null : (names.get(connectionId) ?? ""),
    attempts: attempts.map(({ connection, kind, status, ms }) => ({
      ...{ kind, status, ms },
      connectionName: names.get(connection) ?? "",
    })),
    clampedTokens: row.clampedTokens === null ? null : Number(row.clampedTokens),
    keyName: key?.name ?? null,
    keyPrefix: key?.secrets[0]?.prefix ?? null,
    keyLastFour: key?.secrets[0]?.lastFour ?? null,
    modelName: model?.displayName ?? null,
    priceVersion: price?.version ?? null,
    price: price && sumPrices(tokens, price, row.costNano),
  };
}

const AttemptSchema = z.object({
  route: z.string(),
  connection: z.string(),
  kind: z.string(),
  status: z.number().nullable().default(null),
  ms: z.number(),
});

/** What an older gateway wrote in another way is left out. */
function readAttempts(raw: unknown): CallAttempt[] {
  const list: unknown[] = Array.isArray(raw) ? raw : [];
  return list.flatMap((one) => {
    const parsed = AttemptSchema.safeParse(one);
    return parsed.success ? [parsed.data] : [];
  });
}

async function readRow(ctx: Ctx, requestId: string): Promise<Row | undefined> {
  const { rows } = await pool().query<Row>(
    `SELECT c.request_id AS "requestId", c.key_id AS "keyId", c.model_id AS "modelId", c.price_id AS "priceId",
            c.dialect, c.client, c.streamed, c.outcome, c.http_status AS "httpStatus", c.error_code AS "errorCode",
            c.finish_reason AS "finishReason", c.input_tokens AS "inputTokens", c.cached_tokens AS "cachedTokens",
            c.cache_write_5m_tokens AS "cacheWrite5mTokens", c.cache_write_1h_tokens AS "cacheWrite1hTokens",
            c.output_tokens AS "outputTokens", c.reasoning_tokens AS "reasoningTokens",
            c.audio_input_tokens AS "audioInputTokens", c.audio_output_tokens AS "audioOutputTokens",
            c.image_tokens AS "imageTokens", c.measured, c.clamped_tokens AS "clampedTokens",
            c.queued_ms AS "queuedMs", c.first_byte_ms AS "firstByteMs", c.total_ms AS "totalMs",
            c.request_bytes AS "requestBytes", c.fallbacks, c.attempts, c.connection_id AS "connectionId",
            c.asked_model AS "askedModel", c.client_title AS "clientTitle", c.started_at AS "startedAt", c.created_at AS "createdAt",
            c.cost_nano AS "costNano", c.loss_nano AS "lossNano", c.reserved_nano AS "reservedNano"
       FROM usage.calls c
      WHERE c.request_id = $1 AND c.workspace_id = $2
      ORDER BY c.created_at DESC LIMIT 1`,
    [requestId, ctx.workspaceId],
  );
  return rows[0];
}

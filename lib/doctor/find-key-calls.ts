import { z } from "zod";
import type { Ctx } from "@/lib/actor";
import { pool } from "@/lib/db";
import { requireOwnKey } from "@/lib/keys/require-own-key";

/** One call as the watcher shows it: what arrived, and what became of it. */
export interface WatchedCall {
  requestId: string;
  client: string;
  /** The id that was called; null where there is no such model. */
  modelId: string | null;
  /** What the client wrote, where that is no model here. */
  askedModel: string | null;
  dialect: string;
  streamed: boolean;
  outcome: string;
  httpStatus: number;
  errorCode: string | null;
  firstByteMs: number | null;
  totalMs: number;
  createdAt: Date;
}

export const WatchInput = z.object({
  keyId: z.string().max(64),
  /** The server's time at which the watching began, in ms since 1970; null: it begins now. */
  sinceMs: z.number().int().min(0).nullable(),
});

const MOST = 5;
/** Longer than anyone waits for a first call; also bounds what is read. */
const LONGEST_MS = 24 * 3_600_000;

/** The newest calls with a key of the caller's workspace since a moment, newest first. Throws not_found, ZodError. */
export async function findKeyCalls(
  ctx: Ctx,
  input: z.input<typeof WatchInput>,
): Promise<{ nowMs: number; calls: WatchedCall[] }> {
  const { keyId, sinceMs } = WatchInput.parse(input);
  await requireOwnKey(ctx, keyId);
  const { rows: clock } = await pool().query<{ now: Date }>("SELECT now() AS now");
  const nowMs = clock[0]?.now.getTime() ?? Date.now();
  if (sinceMs === null) return { nowMs, calls: [] };
  const { rows } = await pool().query<WatchedCall>(
    `SELECT c.request_id AS "requestId", c.client, nullif(c.model_id, '(unknown)') AS "modelId",
            c.asked_model AS "askedModel", c.dialect, c.streamed, c.outcome, c.http_status AS "httpStatus",
            c.error_code AS "errorCode", c.first_byte_ms AS "firstByteMs", c.total_ms AS "totalMs",
            c.created_at AS "createdAt"
       FROM usage.calls c
      WHERE c.workspace_id = $1 AND c.key_id = $2 AND c.created_at > $3
      ORDER BY c.created_at DESC, c.request_id DESC LIMIT ${MOST}`,
    [ctx.workspaceId, keyId, new Date(Math.max(sinceMs, nowMs - LONGEST_MS))],
  );
  return { nowMs, calls: rows };
}

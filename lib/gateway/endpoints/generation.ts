import { authenticate } from "@/lib/gateway/authenticate";
import type { Call } from "@/lib/gateway/call";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { readRate } from "@/lib/gateway/read-rate";
import { sendJson } from "@/lib/gateway/respond";
import { usdExact } from "@/lib/money";

interface Row {
  model_id: string;
  asked_model: string | null;
  dialect: string;
  client: string;
  streamed: boolean;
  outcome: string;
  http_status: number;
  error_code: string | null;
  finish_reason: string | null;
  input_tokens: bigint;
  cached_tokens: bigint;
  cache_write_5m_tokens: bigint;
  cache_write_1h_tokens: bigint;
  output_tokens: bigint;
  reasoning_tokens: bigint;
  audio_input_tokens: bigint;
  audio_output_tokens: bigint;
  image_tokens: bigint;
  measured: boolean;
  clamped_tokens: bigint | null;
  cost_nano: bigint;
  price_id: string | null;
  queued_ms: number;
  first_byte_ms: number | null;
  total_ms: number;
  fallbacks: number;
  started_at: Date;
}

/**
 * GET /v1/generation?id=req_...: one call of this key, as soon as it has ended, by the x-request-id of its answer.
 * OpenRouter's fields and our own. Another key's call answers like one that never was. Source of the shape: OpenRouter
 * API reference, "Get request & usage metadata for a generation".
 */
export async function generationEndpoint(call: Call): Promise<void> {
  const key = await authenticate(call);
  await readRate(call);
  const id = new URL(call.req.url ?? "/", "http://gateway").searchParams.get("id") ?? "";
  if (id === "") {
    throw new GatewayError("invalid_request_error", {
      message: "Name a call: /v1/generation?id=req_..., the x-request-id of its answer.",
      param: "id",
    });
  }
  const { rows } = /^req_[0-9A-Za-z]{1,60}$/.test(id)
    ? await call.services.pool.query<Row>(
        `SELECT * FROM usage.calls WHERE request_id = $1 AND workspace_id = $2 AND key_id = $3
          ORDER BY created_at DESC LIMIT 1`,
        [id, key.workspaceId, key.keyId],
      )
    : { rows: [] };
  const [row] = rows;
  if (!row) {
    throw new GatewayError("not_found", {
      message: `This key has made no call ${JSON.stringify(id.slice(0, 80))} that has ended. Use the x-request-id of an answer.`,
      param: "id",
    });
  }
  sendJson(call, 200, { data: toGeneration(id, row) });
}

function toGeneration(id: string, row: Row): Record<string, unknown> {
  const prompt =
    row.input_tokens +
    row.cached_tokens +
    row.cache_write_5m_tokens +
    row.cache_write_1h_tokens +
    row.audio_input_tokens +
    row.image_tokens;
  const completion = row.output_tokens + row.reasoning_tokens + row.audio_output_tokens;
  // For display; the exact amount stands beside it as text.
  const cost = Number(usdExact(row.cost_nano));
  return {
    id,
    object: "generation",
    upstream_id: null,
    model: row.model_id,
    router: row.asked_model,
    api_type: row.dialect,
    created_at: row.started_at.toISOString(),
    streamed: row.streamed,
    cancelled: row.outcome === "cancelled",
    finish_reason: row.finish_reason,
    native_finish_reason: row.finish_reason,
    total_cost: cost,
    usage: cost,
    cache_discount: null,
    upstream_inference_cost: null,
    is_byok: false,
    provider_name: null,
    app_id: null,
    origin: "",
    latency: row.first_byte_ms,
    generation_time: row.first_byte_ms === null ? null : Math.max(0, row.total_ms - row.first_byte_ms),
    moderation_latency: null,
    tokens_prompt: Number(prompt),
    tokens_completion: Number(completion),
    native_tokens_prompt: Number(prompt),
    native_tokens_completion: Number(completion),
    native_tokens_reasoning: Number(row.reasoning_tokens),
    native_tokens_cached: Number(row.cached_tokens),
    native_tokens_completion_images: null,
    num_media_prompt: null,
    num_input_audio_prompt: null,
    num_media_completion: null,
    num_search_results: null,
    external_user: null,
    user_agent: row.client,
    cost_usd: usdExact(row.cost_nano),
    outcome: row.outcome,
    http_status: row.http_status,
    error_code: row.error_code,
    /** False: counted here, since the upstream reported nothing. */
    measured: row.measured,
    max_tokens_clamped: row.clamped_tokens === null ? null : Number(row.clamped_tokens),
    price_id: row.price_id,
    queued_ms: row.queued_ms,
    total_ms: row.total_ms,
    fallbacks: row.fallbacks,
    tokens: {
      input: Number(row.input_tokens),
      cached: Number(row.cached_tokens),
      cache_write_5m: Number(row.cache_write_5m_tokens),
      cache_write_1h: Number(row.cache_write_1h_tokens),
      output: Number(row.output_tokens),
      reasoning: Number(row.reasoning_tokens),
      audio_input: Number(row.audio_input_tokens),
      audio_output: Number(row.audio_output_tokens),
      image: Number(row.image_tokens),
    },
  };
}

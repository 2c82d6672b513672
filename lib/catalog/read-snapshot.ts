import type pg from "pg";
import { buildAliases } from "@/lib/catalog/build-aliases";
import { openConnectionHeaders, openConnectionKey } from "@/lib/catalog/connection-secrets";
import { dialectsOf } from "@/lib/catalog/dialects";
import type {
  CatalogConnection,
  CatalogModel,
  CatalogRoute,
  CatalogSnapshot,
  ModelFacts,
  PriceVersion,
} from "@/lib/catalog/types";
import { log } from "@/lib/log";
import type { ConnectionKind, ModelKind, RouteStrategy } from "@/prisma/generated/client";

interface ConnectionRow {
  id: string;
  name: string;
  kind: string;
  base_url: string;
  api_version: string | null;
  key_cipher: Buffer | null;
  headers_cipher: Buffer | null;
  dialects: string[] | null;
  allow_private: boolean;
  first_byte_timeout_ms: number;
  plain_timeout_ms: number;
  idle_timeout_ms: number;
}

interface RouteRow {
  id: string;
  model_id: string;
  connection_id: string;
  upstream_id: string;
  priority: number;
  weight: number;
  input_cost_pico: bigint;
  output_cost_pico: bigint;
}

interface ModelRow {
  id: string;
  kind: ModelKind;
  alias: boolean;
  strategy: RouteStrategy;
  display_name: string;
  description: string;
  context_tokens: number;
  max_output_tokens: number;
  tools: boolean;
  vision: boolean;
  prompt_cache: boolean;
  reasoning: boolean;
  structured_output: boolean;
  audio: boolean;
  privacy: boolean;
  sort: number;
  created_at: Date;
}

interface PriceRow {
  id: string;
  model_id: string;
  version: number;
  input_pico: bigint;
  cached_input_pico: bigint;
  cache_write_5m_pico: bigint;
  cache_write_1h_pico: bigint;
  output_pico: bigint;
  reasoning_pico: bigint;
  audio_input_pico: bigint;
  audio_output_pico: bigint;
  image_input_pico: bigint;
  request_pico: bigint;
}

interface TargetRow {
  alias_id: string;
  model_id: string;
}

/** How many times as long a model that reasons may be silent: some show nothing of it for minutes. */
const THINKING_PATIENCE = 5;

const CURRENT_PRICES = `SELECT DISTINCT ON (model_id) * FROM prices WHERE valid_from <= now()
  ORDER BY model_id, valid_from DESC, version DESC`;

/** One text that changes with anything a snapshot holds, a price that comes into force included. */
const VERSION = `SELECT md5(
    coalesce((SELECT string_agg(md5(c::text), '' ORDER BY id) FROM connections c), '') ||
    coalesce((SELECT string_agg(md5(r::text), '' ORDER BY id) FROM routes r), '') ||
    coalesce((SELECT string_agg(md5(m::text), '' ORDER BY id) FROM models m), '') ||
    coalesce((SELECT string_agg(md5(a::text), '' ORDER BY alias_id, model_id) FROM alias_targets a), '') ||
    coalesce((SELECT string_agg(p.id, '' ORDER BY p.id) FROM (${CURRENT_PRICES}) p), '')) AS version`;

export async function readCatalogVersion(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ version: string }>(VERSION);
  return rows[0]?.version ?? "";
}

/** Everything enabled, as of one moment, secrets opened. `pool` must read BIGINT as bigint. */
export async function readSnapshot(pool: pg.Pool): Promise<CatalogSnapshot> {
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const version = await client.query<{ version: string }>(VERSION);
    const connections = await client.query<ConnectionRow>("SELECT * FROM connections WHERE enabled");
    const routes = await client.query<RouteRow>("SELECT * FROM routes WHERE enabled ORDER BY priority, id");
    const models = await client.query<ModelRow>("SELECT * FROM models WHERE enabled ORDER BY sort, id");
    const targets = await client.query<TargetRow>(
      "SELECT alias_id, model_id FROM alias_targets ORDER BY alias_id, position",
    );
    const prices = await client.query<PriceRow>(CURRENT_PRICES);
    await client.query("COMMIT");
    broken = false;
    const callable = assemble(
      connections.rows,
      routes.rows,
      models.rows.filter(({ alias }) => !alias),
      prices.rows,
    );
    const aliases = models.rows.filter(({ alias }) => alias);
    return {
      version: version.rows[0]?.version ?? "",
      models: callable,
      aliases: buildAliases(
        aliases.map((row) => ({ facts: toFacts(row), strategy: row.strategy })),
        targets.rows.map((row) => ({ aliasId: row.alias_id, modelId: row.model_id })),
        callable,
      ),
    };
  } finally {
    client.release(broken);
  }
}

function assemble(
  connectionRows: ConnectionRow[],
  routeRows: RouteRow[],
  modelRows: ModelRow[],
  priceRows: PriceRow[],
): Map<string, CatalogModel> {
  const connections = new Map<string, CatalogConnection>();
  for (const row of connectionRows) {
    const connection = openConnection(row);
    if (connection) connections.set(row.id, connection);
  }
  const thinking = new Set(modelRows.filter(({ reasoning }) => reasoning).map(({ id }) => id));
  const routes = new Map<string, CatalogRoute[]>();
  for (const row of routeRows) {
    const connection = connections.get(row.connection_id);
    if (!connection) continue;
    const list = routes.get(row.model_id) ?? [];
    const patience = thinking.has(row.model_id) ? THINKING_PATIENCE : 1;
    list.push({
      id: row.id,
      upstreamId: row.upstream_id,
      priority: row.priority,
      weight: row.weight,
      inputCostPico: row.input_cost_pico,
      outputCostPico: row.output_cost_pico,
      connection,
      firstByteTimeoutMs: patience * connection.firstByteTimeoutMs,
      idleTimeoutMs: patience * connection.idleTimeoutMs,
    });
    routes.set(row.model_id, list);
  }
  const prices = new Map(priceRows.map((row) => [row.model_id, toPrice(row)]));
  const models = new Map<string, CatalogModel>();
  for (const row of modelRows) {
    const price = prices.get(row.id);
    const served = routes.get(row.id);
    if (price && served) models.set(row.id, toModel(row, price, served));
  }
  return models;
}

function openConnection(row: ConnectionRow): CatalogConnection | null {
  try {
    // Postgres writes the kind with a hyphen, Prisma with an underscore.
    const kind = row.kind.replace("-", "_") as ConnectionKind;
    return {
      id: row.id,
      name: row.name,
      kind,
      baseUrl: row.base_url,
      apiVersion: row.api_version,
      dialects: dialectsOf({ kind, baseUrl: row.base_url, dialects: row.dialects ?? [] }),
      key: row.key_cipher ? openConnectionKey(row.id, row.key_cipher) : null,
      headers: row.headers_cipher ? openConnectionHeaders(row.id, row.headers_cipher) : {},
      allowPrivate: row.allow_private,
      firstByteTimeoutMs: row.first_byte_timeout_ms,
      plainTimeoutMs: row.plain_timeout_ms,
      idleTimeoutMs: row.idle_timeout_ms,
    };
  } catch (error) {
    log.error(
      { alert: "connection_key_unreadable", connection: row.name, err: (error as Error).message },
      "a connection is left out: its key cannot be decrypted",
    );
    return null;
  }
}

function toPrice(row: PriceRow): PriceVersion {
  return {
    id: row.id,
    version: row.version,
    inputPico: row.input_pico,
    cachedInputPico: row.cached_input_pico,
    cacheWrite5mPico: row.cache_write_5m_pico,
    cacheWrite1hPico: row.cache_write_1h_pico,
    outputPico: row.output_pico,
    reasoningPico: row.reasoning_pico,
    audioInputPico: row.audio_input_pico,
    audioOutputPico: row.audio_output_pico,
    imageInputPico: row.image_input_pico,
    requestPico: row.request_pico,
  };
}

function toModel(row: ModelRow, price: PriceVersion, routes: CatalogRoute[]): CatalogModel {
  return { ...toFacts(row), price, strategy: row.strategy, routes };
}

function toFacts(row: ModelRow): ModelFacts {
  return {
    id: row.id,
    kind: row.kind,
    displayName: row.display_name,
    description: row.description,
    contextTokens: row.context_tokens,
    maxOutputTokens: row.max_output_tokens,
    tools: row.tools,
    vision: row.vision,
    promptCache: row.prompt_cache,
    reasoning: row.reasoning,
    structuredOutput: row.structured_output,
    audio: row.audio,
    privacy: row.privacy,
    sort: row.sort,
    createdAt: row.created_at,
  };
}

import pg from "pg";
import { FakeUpstream } from "@/e2e/fakes/upstream";
import { grant, makeWorld, type World } from "@/e2e/ledger/world";
import type { Ctx } from "@/lib/actor";
import { addConnection } from "@/lib/catalog/add-connection";
import { addModel } from "@/lib/catalog/add-model";
import { bigintTypes, closeDb, pool } from "@/lib/db";
import { env } from "@/lib/env";
import type { GatewayLimits } from "@/lib/gateway/services";
import { type RunningGateway, startGateway } from "@/lib/gateway/start-gateway";
import { newId } from "@/lib/ids";
import { digestKey, makeKey, maskKey, parsePeppers } from "@/lib/keys/token";
import { checkpoint } from "@/lib/ledger/checkpoint";
import { extend } from "@/lib/ledger/extend";
import { closeHotPool } from "@/lib/ledger/hot-pool";
import { reserve } from "@/lib/ledger/reserve";
import { recordRefused, settle } from "@/lib/ledger/settle";

const ctx: Ctx = { actor: { kind: "cli" }, workspaceId: "", requestId: newId("req") };
export const ledger = { reserve, extend, checkpoint, settle, recordRefused };

export interface GatewayWorld {
  upstream: FakeUpstream;
  gateway: RunningGateway;
  /** With /v1. */
  baseUrl: string;
  /** A workspace with a key that works; amounts in nano-USD. */
  customer(creditNano?: bigint): Promise<Customer>;
  stop(): Promise<void>;
}

export interface Customer extends World {
  secret: string;
}

/** Adds a model that the fake upstream serves by the script of the same name; $1 and $2 per million tokens. */
export async function addScripted(
  id: string,
  more: { vision?: boolean; contextTokens?: number; upstreamId?: string } = {},
): Promise<void> {
  await addModel(ctx, {
    id,
    connection: "fake",
    upstreamId: id,
    inputUsdPerMillion: "1",
    outputUsdPerMillion: "2",
    contextTokens: 128_000,
    maxOutputTokens: 16_384,
    ...more,
  });
}

export function openGatewayPool(): pg.Pool {
  return new pg.Pool({ connectionString: env().DATABASE_URL, max: 6, types: bigintTypes });
}

/** A gateway on the test's database before a scripted upstream, with short deadlines. */
export async function startWorld(
  models: readonly string[],
  options: {
    limits?: Partial<GatewayLimits>;
    firstByteTimeoutMs?: number;
    plainTimeoutMs?: number;
    idleTimeoutMs?: number;
  } = {},
): Promise<GatewayWorld> {
  const upstream = await new FakeUpstream().start();
  await addConnection(ctx, {
    name: "fake",
    kind: "openai-compatible",
    url: upstream.url,
    key: "sk-upstreamsecret1",
    headers: ["X-Team: blue"],
    allowPrivate: true,
    firstByteTimeoutMs: options.firstByteTimeoutMs ?? 600,
    plainTimeoutMs: options.plainTimeoutMs ?? options.firstByteTimeoutMs ?? 600,
    idleTimeoutMs: options.idleTimeoutMs ?? 600,
  });
  for (const id of models) await addScripted(id);
  const gatewayPool = openGatewayPool();
  const gateway = await startGateway({
    pool: gatewayPool,
    ledger,
    peppers: parsePeppers(env().TOLLGATE_KEY_PEPPER),
    publicUrl: "http://localhost:3000",
    publicApiUrl: "http://localhost:4100",
    host: "127.0.0.1",
    port: 0,
    metricsToken: "metrics-token",
    limits: { retryPauseMs: 5, ...options.limits },
  });
  return {
    upstream,
    gateway,
    baseUrl: `http://127.0.0.1:${gateway.port}/v1`,
    customer: (creditNano = 10_000_000_000n) => makeCustomer(creditNano),
    async stop() {
      await gateway.stop({ noticeMs: 0, graceMs: 2_000 });
      await upstream.stop();
      await gatewayPool.end();
      await closeHotPool();
      await closeDb();
    },
  };
}

async function makeCustomer(creditNano: bigint): Promise<Customer> {
  const world = await makeWorld();
  if (creditNano > 0n) await grant(world, creditNano);
  return { ...world, secret: await addSecret(world.keyId) };
}

/** Gives a key one more secret, as rotation does. */
export async function addSecret(keyId: string): Promise<string> {
  const secret = makeKey("inference");
  const { digest, pepperVersion } = digestKey(secret, parsePeppers(env().TOLLGATE_KEY_PEPPER));
  const { prefix, lastFour } = maskKey(secret);
  await pool().query(
    "INSERT INTO key_secrets (id, key_id, digest, pepper_version, prefix, last_four) VALUES ($1, $2, $3, $4, $5, $6)",
    [newId("sec"), keyId, digest, pepperVersion, prefix, lastFour],
  );
  return secret;
}

/** The wallet as it is; nano-USD. */
export async function wallet(workspaceId: string): Promise<{ balance: bigint; reserved: bigint }> {
  const { rows } = await pool().query<{ balance: bigint; reserved: bigint }>(
    "SELECT balance_nano AS balance, reserved_nano AS reserved FROM wallets WHERE workspace_id = $1",
    [workspaceId],
  );
  if (!rows[0]) throw new Error("no wallet");
  return rows[0];
}

export interface CallRow {
  request_id: string;
  outcome: string;
  http_status: number;
  error_code: string | null;
  finish_reason: string | null;
  input_tokens: bigint;
  cached_tokens: bigint;
  output_tokens: bigint;
  measured: boolean;
  clamped_tokens: bigint | null;
  cost_nano: bigint;
  loss_nano: bigint;
  streamed: boolean;
  client: string;
  fallbacks: number;
}

/** The usage rows of a workspace, oldest first. */
export async function callRows(workspaceId: string): Promise<CallRow[]> {
  const { rows } = await pool().query<CallRow>(
    "SELECT * FROM usage.calls WHERE workspace_id = $1 ORDER BY created_at, request_id",
    [workspaceId],
  );
  return rows;
}

export async function openHolds(): Promise<number> {
  const { rows } = await pool().query<{ count: bigint }>("SELECT count(*) FROM holds WHERE status = 'open'");
  return Number(rows[0]?.count ?? 0n);
}

/** Waits until something is so. */
export async function until(check: () => boolean | Promise<boolean>, timeoutMs = 5_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error("it did not come to be in time");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

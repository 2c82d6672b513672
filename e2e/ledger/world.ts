import { db, pool } from "@/lib/db";
import { newId } from "@/lib/ids";
import { grantCredits } from "@/lib/ledger/grant-credits";
import type { ReserveRequest } from "@/lib/ledger/types";
import type { UsageCall } from "@/lib/usage/types";

/** A workspace with a wallet and one key, made by SQL as sign-up and key creation would. */
export interface World {
  workspaceId: string;
  keyId: string;
  instanceId: string;
}

export async function makeWorld(instanceId = newId("gw")): Promise<World> {
  const workspaceId = newId("ws");
  const keyId = newId("key");
  await pool().query("INSERT INTO workspaces (id, name, updated_at) VALUES ($1, 'test', now())", [
    workspaceId,
  ]);
  await pool().query("SELECT ledger.open_wallet($1)", [workspaceId]);
  await pool().query("INSERT INTO keys (id, workspace_id, name, updated_at) VALUES ($1, $2, 'test', now())", [
    keyId,
    workspaceId,
  ]);
  await pool().query("INSERT INTO key_meters (key_id) VALUES ($1)", [keyId]);
  await pool().query(
    "INSERT INTO gateway_instances (id, pid, host) VALUES ($1, 1, 'test') ON CONFLICT DO NOTHING",
    [instanceId],
  );
  return { workspaceId, keyId, instanceId };
}

export function grant(
  world: World,
  amountNano: bigint,
  options: { promotional?: boolean; purchaseId?: string; key?: string } = {},
) {
  return grantCredits(db(), {
    workspaceId: world.workspaceId,
    amountNano,
    promotional: options.promotional ?? false,
    source: options.purchaseId ? "purchase" : "operator",
    key: options.key ?? `grant:${newId("led")}`,
    actor: "cli",
    purchaseId: options.purchaseId,
    from: options.purchaseId ? "stripe_clearing" : "adjustments",
  });
}

/** A call whose whole upper bound is `nano`, all or nothing unless told otherwise. */
export function fixedCall(world: World, nano: bigint, holdId = newId("hold")): ReserveRequest {
  return {
    holdId,
    workspaceId: world.workspaceId,
    keyId: world.keyId,
    instanceId: world.instanceId,
    fixedPico: nano * 1000n,
    outputPico: 0n,
    inputTokens: 10,
    wantOutputTokens: 100,
    minOutputTokens: 1,
  };
}

export function usageOf(world: World, changes: Partial<UsageCall> = {}): UsageCall {
  return {
    requestId: newId("req"),
    workspaceId: world.workspaceId,
    keyId: world.keyId,
    modelId: "sandbox/echo",
    connectionId: null,
    routeId: null,
    priceId: null,
    dialect: "chat",
    client: "test",
    streamed: false,
    outcome: "ok",
    httpStatus: 200,
    errorCode: null,
    finishReason: "stop",
    inputTokens: 10,
    cachedTokens: 0,
    cacheWrite5mTokens: 0,
    cacheWrite1hTokens: 0,
    outputTokens: 20,
    reasoningTokens: 0,
    audioInputTokens: 0,
    audioOutputTokens: 0,
    imageTokens: 0,
    measured: true,
    clampedTokens: null,
    upstreamCostNano: "0",
    queuedMs: 0,
    firstByteMs: 1,
    totalMs: 2,
    requestBytes: 100,
    fallbacks: 0,
    startedAt: new Date().toISOString(),
    ...changes,
  };
}

export interface Sums {
  balance: bigint;
  reserved: bigint;
  debt: bigint;
}

export async function wallet(world: World): Promise<Sums> {
  const { rows } = await pool().query<Sums>(
    "SELECT balance_nano AS balance, reserved_nano AS reserved, debt_nano AS debt FROM wallets WHERE workspace_id = $1",
    [world.workspaceId],
  );
  const [row] = rows;
  if (!row) throw new Error("no wallet");
  return row;
}

import pg from "pg";
import { pool } from "@/lib/db";
import { env } from "@/lib/env";
import { newId } from "@/lib/ids";
import type { UsageCall } from "@/lib/usage/types";

/** A call as a test wants it: when it was settled, what it cost, and whatever else matters. */
export interface TestCall extends Partial<Omit<UsageCall, "workspaceId" | "keyId" | "startedAt">> {
  workspaceId: string;
  keyId: string;
  /** When it was settled. */
  at: Date;
  costNano?: bigint;
  lossNano?: bigint;
  reservedNano?: bigint;
}

const FILLER = {
  modelId: "sandbox/echo",
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
  firstByteMs: 100,
  totalMs: 200,
  requestBytes: 1_000,
  fallbacks: 0,
} as const;

const QUARTER_MS = 15 * 60_000;

const snake = (name: string) => name.replace(/[A-Z]|\d/g, (start) => `_${start.toLowerCase()}`);

/** Puts calls of any time into `usage.calls` and their sums into the rollups, as settling them then would have. */
export async function insertCalls(calls: TestCall[]): Promise<string[]> {
  const rows = calls.map(({ at, ...call }) => ({
    ...FILLER,
    requestId: newId("req"),
    costNano: 0n,
    lossNano: 0n,
    reservedNano: 0n,
    ...call,
    startedAt: at,
    createdAt: at,
  }));
  const [first] = rows;
  if (!first) return [];
  await makeMonths(new Set(rows.map((row) => row.createdAt.toISOString().slice(0, 7))));
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].map(snake);
  const json = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [snake(name), value])),
  );
  await pool().query(
    `INSERT INTO usage.calls (${columns.join(", ")})
       SELECT ${columns.join(", ")} FROM jsonb_populate_recordset(null::usage.calls, $1)`,
    [JSON.stringify(json, (_, value) => (typeof value === "bigint" ? value.toString() : value))],
  );
  // The rollups of every quarter of an hour that has got more rows, anew from all of its rows.
  const quarters = new Map(
    rows.map(({ workspaceId, createdAt }) => {
      const bucket = new Date(Math.floor(createdAt.getTime() / QUARTER_MS) * QUARTER_MS);
      return [`${workspaceId} ${bucket.getTime()}`, { workspaceId, bucket }];
    }),
  );
  for (const workspaceId of new Set(rows.map((row) => row.workspaceId))) {
    const buckets = [...quarters.values()].filter((one) => one.workspaceId === workspaceId);
    await pool().query("SELECT usage.repair($1, $2::timestamptz[])", [
      workspaceId,
      buckets.map(({ bucket }) => bucket),
    ]);
  }
  return rows.map((row) => row.requestId);
}

/** Partitions belong to the owner of the schema, which the running product is not. */
async function makeMonths(months: ReadonlySet<string>): Promise<void> {
  const owner = new pg.Client(env().DATABASE_ADMIN_URL ?? env().DATABASE_URL);
  await owner.connect();
  for (const month of months)
    await owner.query("SELECT ledger.make_partitions($1::date, 1)", [`${month}-01`]);
  await owner.end();
}

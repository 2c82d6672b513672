import type pg from "pg";
import { ModelAllowList } from "@/lib/keys/model-patterns";
import type { KeyKind } from "@/lib/keys/token";

/** A key as the gateway needs it before it admits a call, with the secret by which it was found. Times in ms. */
export interface KeyRecord {
  keyId: string;
  workspaceId: string;
  kind: KeyKind;
  name: string;
  /** Ids and patterns; `has` says whether an id is allowed. Null where every model is. */
  models: Pick<ModelAllowList, "has" | typeof Symbol.iterator> | null;
  /** CIDR ranges; empty where every address is allowed. */
  ipRanges: readonly string[];
  expiresAtMs: number | null;
  pausedAtMs: number | null;
  revokedAtMs: number | null;
  secretEndsAtMs: number | null;
}

interface Row {
  key_id: string;
  workspace_id: string;
  kind: KeyKind;
  name: string;
  models: string[];
  ip_ranges: string[];
  expires_at: Date | null;
  paused_at: Date | null;
  revoked_at: Date | null;
  ends_at: Date | null;
}

/** One read by the unique index on the digest: the same with a thousand keys as with a million. */
export async function readKeyRecord(pool: pg.Pool, digests: readonly Buffer[]): Promise<KeyRecord | null> {
  const { rows } = await pool.query<Row>({
    name: "read_key_record",
    text: `SELECT k.id AS key_id, k.workspace_id, k.kind, k.name, k.models, k.ip_ranges, k.expires_at, k.paused_at,
        k.revoked_at, s.ends_at
      FROM key_secrets s JOIN keys k ON k.id = s.key_id WHERE s.digest = ANY ($1::bytea[]) LIMIT 1`,
    values: [digests],
  });
  const [row] = rows;
  if (!row) return null;
  return {
    keyId: row.key_id,
    workspaceId: row.workspace_id,
    kind: row.kind,
    name: row.name,
    models: row.models.length > 0 ? new ModelAllowList(row.models) : null,
    ipRanges: row.ip_ranges,
    expiresAtMs: row.expires_at?.getTime() ?? null,
    pausedAtMs: row.paused_at?.getTime() ?? null,
    revokedAtMs: row.revoked_at?.getTime() ?? null,
    secretEndsAtMs: row.ends_at?.getTime() ?? null,
  };
}

import type { Ctx } from "@/lib/actor";
import { pool } from "@/lib/db";
import type { WalletView } from "@/lib/ledger/get-wallet";
import { LOW_DAYS, LOW_NANO, type Pace } from "@/lib/usage/estimate-pace";
import { FAILED_OUTCOMES } from "@/lib/usage/parse-filters";

/** Something that a person may want to do something about. Most urgent first in lists. */
export type Attention =
  | { kind: "frozen" | "debt" | "noCredit" | "lowBalance" | "unverified" | "noKey" }
  | { kind: "failing"; failed: number; calls: number }
  /** Its provider fails, while other models may do well. */
  | { kind: "failingModel"; modelId: string; failed: number; calls: number }
  | { kind: "keyBudget"; keyId: string; keyName: string; percent: number; period: BudgetSpan }
  | { kind: "keyExpiring"; keyId: string; keyName: string; expiresAt: Date }
  | { kind: "keyOld"; keyId: string; keyName: string; days: number };

export type BudgetSpan = "day" | "week" | "month" | "total";

const NEAR_BUDGET_PERCENT = 80;
const SOON_DAYS = 7;
const MOST_KEYS = 4;
const MOST_MODELS = 3;
/** Of at least this many calls in an hour, at least this share failed. */
const FAILING = { calls: 5, share: 0.2 };

/** What in a workspace needs a look. Empty when all is well. */
export async function findAttention(
  ctx: Ctx,
  input: { wallet: WalletView; pace: Pace; everCredited: boolean; hasKey: boolean },
): Promise<Attention[]> {
  const { wallet, pace } = input;
  const found: Attention[] = [];
  if (wallet.frozen) found.push({ kind: "frozen" });
  if (wallet.debtNano > 0n) found.push({ kind: "debt" });
  if (wallet.availableNano <= 0n && input.everCredited) found.push({ kind: "noCredit" });
  else if (input.everCredited && isLow(wallet, pace)) found.push({ kind: "lowBalance" });
  if (ctx.actor.kind === "user" && !ctx.actor.verified) found.push({ kind: "unverified" });
  if (!input.hasKey) found.push({ kind: "noKey" });
  const [failing, keys] = await Promise.all([readFailing(ctx), readKeys(ctx)]);
  return [...found, ...failing, ...keys];
}

function isLow(wallet: WalletView, pace: Pace): boolean {
  return wallet.availableNano < LOW_NANO || (pace.daysLeft !== null && pace.daysLeft < LOW_DAYS);
}

async function readFailing(ctx: Ctx): Promise<Attention[]> {
  const { rows } = await pool().query<{ modelId: string; calls: bigint; failed: bigint; upstream: bigint }>(
    `SELECT u.model_id AS "modelId", sum(u.calls)::bigint AS "calls",
            coalesce(sum(u.calls) FILTER (WHERE u.outcome = ANY($2::text[])), 0)::bigint AS "failed",
            coalesce(sum(u.calls) FILTER (WHERE u.outcome IN ('upstream_error', 'empty')), 0)::bigint AS "upstream"
       FROM usage_rollups u WHERE u.workspace_id = $1 AND u.bucket > now() - interval '1 hour'
      GROUP BY 1 ORDER BY 4 DESC, 1`,
    [ctx.workspaceId, [...FAILED_OUTCOMES]],
  );
  const tooMany = (failed: number, calls: number) =>
    calls >= FAILING.calls && failed >= calls * FAILING.share;
  const models = rows
    .map(({ modelId, calls, upstream }) => ({ modelId, failed: Number(upstream), calls: Number(calls) }))
    .filter(({ failed, calls }) => tooMany(failed, calls))
    .slice(0, MOST_MODELS);
  if (models.length > 0) return models.map((model) => ({ kind: "failingModel", ...model }));
  const sum = (pick: "calls" | "failed") => rows.reduce((all, row) => all + Number(row[pick]), 0);
  const [calls, failed] = [sum("calls"), sum("failed")];
  return tooMany(failed, calls) ? [{ kind: "failing", failed, calls }] : [];
}

interface KeyRow {
  keyId: string;
  keyName: string;
  totalPercent: bigint;
  periodPercent: bigint;
  period: Exclude<BudgetSpan, "total"> | null;
  expiresAt: Date | null;
  expiresSoon: boolean;
  days: bigint;
}

async function readKeys(ctx: Ctx): Promise<Attention[]> {
  const { rows } = await pool().query<KeyRow>(
    `SELECT * FROM (
       SELECT k.id AS "keyId", k.name AS "keyName", k.period::text AS "period", k.expires_at AS "expiresAt",
              coalesce(k.expires_at < now() + make_interval(days => ${SOON_DAYS}), false) AS "expiresSoon",
              floor(coalesce(m.total_spent_nano::numeric * 100 / nullif(k.total_budget_nano, 0), 0))::bigint AS "totalPercent",
              floor(CASE WHEN m.period_start = ledger.period_start(k.period, now())
                THEN coalesce(m.period_spent_nano::numeric * 100 / nullif(k.period_budget_nano, 0), 0) ELSE 0 END)::bigint AS "periodPercent",
              (extract(epoch FROM now() - s.created_at) / 86400)::bigint AS "days", nullif(w.key_reminder_days, 0) AS "oldDays"
         FROM keys k
         JOIN LATERAL (SELECT max(created_at) AS created_at FROM key_secrets WHERE key_id = k.id AND ends_at IS NULL) s ON true
         JOIN workspaces w ON w.id = k.workspace_id
         LEFT JOIN key_meters m ON m.key_id = k.id
        WHERE k.workspace_id = $1 AND k.kind = 'inference' AND k.revoked_at IS NULL AND k.paused_at IS NULL
          AND (k.expires_at IS NULL OR k.expires_at > now())) x
      WHERE "totalPercent" >= ${NEAR_BUDGET_PERCENT} OR "periodPercent" >= ${NEAR_BUDGET_PERCENT} OR "expiresSoon" OR "days" > "oldDays"
      ORDER BY greatest("totalPercent", "periodPercent") DESC, "expiresSoon" DESC, "days" DESC, "keyId" LIMIT ${MOST_KEYS}`,
    [ctx.workspaceId],
  );
  return rows.map(({ keyId, keyName, ...key }): Attention => {
    const total = Number(key.totalPercent);
    const periodic = Number(key.periodPercent);
    if (key.period && periodic >= NEAR_BUDGET_PERCENT && periodic >= total) {
      return { kind: "keyBudget", keyId, keyName, percent: periodic, period: key.period };
    }
    if (total >= NEAR_BUDGET_PERCENT)
      return { kind: "keyBudget", keyId, keyName, percent: total, period: "total" };
    if (key.expiresAt && key.expiresSoon)
      return { kind: "keyExpiring", keyId, keyName, expiresAt: key.expiresAt };
    return { kind: "keyOld", keyId, keyName, days: Number(key.days) };
  });
}

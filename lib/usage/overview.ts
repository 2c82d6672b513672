import type { Ctx } from "@/lib/actor";
import { pool } from "@/lib/db";
import { getWallet, type WalletView } from "@/lib/ledger/get-wallet";
import type { CallRow } from "@/lib/usage/call-row";
import { estimatePace, type Pace } from "@/lib/usage/estimate-pace";
import { type Attention, findAttention } from "@/lib/usage/find-attention";
import { listCalls } from "@/lib/usage/list-calls";
import { readSpans, type Span, type SpanName } from "@/lib/usage/read-spans";

/** What a new person does, in order; each is true once it has happened. */
export interface FirstSteps {
  verified: boolean;
  credited: boolean;
  keyMade: boolean;
  /** Some program has reached the gateway with one of the keys. */
  clientSetUp: boolean;
  called: boolean;
}

export interface Overview {
  wallet: WalletView;
  pace: Pace;
  spans: Record<SpanName, Span>;
  steps: FirstSteps;
  recent: CallRow[];
  attention: Attention[];
}

const RECENT = 8;

/** A workspace at a glance, as the person's clock sees its days. Amounts in nano-USD. */
export async function readOverview(ctx: Ctx, input: { timeZone: string; now: Date }): Promise<Overview> {
  const [wallet, spans, milestones, page] = await Promise.all([
    getWallet(ctx.workspaceId),
    readSpans(ctx, input),
    readMilestones(ctx),
    listCalls(ctx, { limit: RECENT }),
  ]);
  const pace = estimatePace({
    availableNano: wallet.availableNano,
    spentNano: spans.week.costNano,
    since: spans.week.from,
    firstCallAt: milestones.firstCallAt,
    now: input.now,
  });
  const { credited: everCredited, hasKey } = milestones;
  return {
    wallet,
    pace,
    spans,
    steps: {
      verified: ctx.actor.kind !== "user" || ctx.actor.verified,
      credited: everCredited,
      keyMade: milestones.keyMade,
      clientSetUp: milestones.clientSetUp,
      called: milestones.firstCallAt !== null,
    },
    recent: page.calls,
    attention: await findAttention(ctx, { wallet, pace, everCredited, hasKey }),
  };
}

interface Milestones {
  credited: boolean;
  keyMade: boolean;
  hasKey: boolean;
  clientSetUp: boolean;
  firstCallAt: Date | null;
}

async function readMilestones(ctx: Ctx): Promise<Milestones> {
  const { rows } = await pool().query<Milestones>(
    `SELECT EXISTS (SELECT FROM ledger_transactions t WHERE t.workspace_id = $1 AND t.amount_nano > 0) AS "credited",
            EXISTS (SELECT FROM keys k WHERE k.workspace_id = $1 AND k.kind = 'inference' AND NOT k.hidden) AS "keyMade",
            EXISTS (SELECT FROM keys k WHERE k.workspace_id = $1 AND k.kind = 'inference' AND NOT k.hidden AND k.revoked_at IS NULL
                       AND (k.expires_at IS NULL OR k.expires_at > now())) AS "hasKey",
            EXISTS (SELECT FROM keys k WHERE k.workspace_id = $1 AND k.kind = 'inference' AND NOT k.hidden AND k.last_used_at IS NOT NULL) AS "clientSetUp",
            (SELECT min(u.bucket) FROM usage_rollups u WHERE u.workspace_id = $1) AS "firstCallAt"`,
    [ctx.workspaceId],
  );
  return rows[0] ?? { credited: false, keyMade: false, hasKey: false, clientSetUp: false, firstCallAt: null };
}

import { z } from "zod";
import { type Ctx, requireVerified, type UserActor } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { listSavedCards } from "@/lib/billing/top-up/saved-cards";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { parseUsd } from "@/lib/money";

const Usd = z.string().transform((typed, context) => {
  try {
    const nano = parseUsd(typed);
    if (nano > 0n) return nano;
  } catch {
    // Judged below.
  }
  context.addIssue({ code: "custom", message: "amountInvalid" });
  return z.NEVER;
});

export const SaveTopUp = z.strictObject({
  enabled: z.boolean(),
  thresholdUsd: Usd,
  packId: z.string().min(1).max(64),
  /** In the pack's currency, whole units: the most that is charged in a calendar month. */
  monthlyCap: z.coerce.number().int().min(1).max(100_000),
  cardId: z.string().max(100),
});

const MINOR_PER_UNIT = 100n;

/**
 * Sets automatic top-up: which pack, below what balance, with which saved card, and how much a month at most. Saving
 * it starts it anew after a failure. Throws AppError: not_verified, gone (pack withdrawn), invalid_input by field.
 */
export async function saveTopUp(ctx: Ctx<UserActor>, input: z.input<typeof SaveTopUp>): Promise<void> {
  requireVerified(ctx);
  const wanted = SaveTopUp.parse(input);
  const { workspaceId } = ctx;
  const pack = await db().pack.findUnique({ where: { id: wanted.packId } });
  if (!pack?.active) throw new AppError("gone", "packGone", { field: "packId" });
  const refuse = (message: string, field: string) => new AppError("invalid_input", message, { field });
  if (wanted.thresholdUsd >= pack.creditNano + pack.bonusNano)
    throw refuse("thresholdInvalid", "thresholdUsd");
  const monthlyCapMinor = BigInt(wanted.monthlyCap) * MINOR_PER_UNIT;
  if (monthlyCapMinor < pack.priceMinor) throw refuse("capTooSmall", "monthlyCap");
  const card = (await listSavedCards(workspaceId)).find(({ id }) => id === wanted.cardId);
  if (wanted.enabled && !card) throw refuse("noCard", "cardId");
  const terms = {
    userId: ctx.actor.userId,
    enabled: wanted.enabled,
    thresholdNano: wanted.thresholdUsd,
    packId: pack.id,
    monthlyCapMinor,
    paymentMethodId: card?.id ?? null,
    cardLabel: card?.label ?? null,
    failures: 0,
    stopped: null,
  };
  await db().$transaction(async (tx) => {
    const before = await tx.autoTopUp.findUnique({ where: { workspaceId } });
    await tx.autoTopUp.upsert({ where: { workspaceId }, update: terms, create: { workspaceId, ...terms } });
    const shown = ({ enabled, thresholdNano, packId, cardLabel }: typeof terms) => ({
      enabled,
      thresholdNano,
      packId,
      cardLabel,
    });
    await writeAudit(tx, ctx, {
      action: "top_up.save",
      target: workspaceId,
      ...(before ? { before: shown(before as typeof terms) } : {}),
      after: shown(terms),
    });
  });
}

import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { toStripeMinor } from "@/lib/billing/minor-units";
import { stripe } from "@/lib/billing/stripe";
import { requireOperator } from "@/lib/catalog/require-operator";
import { db } from "@/lib/db";
import type { Pack } from "@/prisma/generated/client";

export interface SyncedPack {
  id: string;
  stripePriceId: string | null;
  change: "created" | "kept" | "archived";
}

/**
 * Gives every pack on sale its own price at Stripe, and archives those of packs that are not. Repeating changes
 * nothing: a price is found by its lookup key and kept while its amount and currency are the pack's. Throws
 * forbidden, unavailable without payments, the SDK's errors.
 */
export async function syncPacks(ctx: Ctx): Promise<SyncedPack[]> {
  requireOperator(ctx);
  const packs = await db().pack.findMany({ orderBy: [{ sort: "asc" }, { id: "asc" }] });
  const synced: SyncedPack[] = [];
  for (const pack of packs) synced.push(await (pack.active ? publish(ctx, pack) : archive(ctx, pack)));
  return synced;
}

const lookupKey = (pack: Pack) => `tollgate_${pack.id}`;

async function publish(ctx: Ctx, pack: Pack): Promise<SyncedPack> {
  const { client } = stripe();
  const { data } = await client.prices.list({ lookup_keys: [lookupKey(pack)], active: true, limit: 1 });
  const [found] = data;
  const amount = toStripeMinor(pack.priceMinor);
  if (found && found.unit_amount === amount && found.currency === pack.currency) {
    await keep(ctx, pack, found.id);
    return { id: pack.id, stripePriceId: found.id, change: "kept" };
  }
  const made = await client.prices.create(
    {
      currency: pack.currency,
      unit_amount: amount,
      lookup_key: lookupKey(pack),
      transfer_lookup_key: true,
      metadata: { tollgate_pack: pack.id },
      product_data: { name: pack.name, metadata: { tollgate_pack: pack.id } },
    },
    { idempotencyKey: `price:${pack.id}:${pack.currency}:${amount}:${found?.id ?? "first"}` },
  );
  if (found) await client.prices.update(found.id, { active: false });
  await keep(ctx, pack, made.id);
  return { id: pack.id, stripePriceId: made.id, change: "created" };
}

async function archive(ctx: Ctx, pack: Pack): Promise<SyncedPack> {
  const { client } = stripe();
  const { data } = await client.prices.list({ lookup_keys: [lookupKey(pack)], active: true, limit: 1 });
  for (const price of data) await client.prices.update(price.id, { active: false });
  await keep(ctx, pack, null);
  return { id: pack.id, stripePriceId: null, change: data.length > 0 ? "archived" : "kept" };
}

async function keep(ctx: Ctx, pack: Pack, stripePriceId: string | null): Promise<void> {
  if (pack.stripePriceId === stripePriceId) return;
  await db().$transaction(async (tx) => {
    const { count } = await tx.pack.updateMany({
      where: { id: pack.id, priceMinor: pack.priceMinor, currency: pack.currency },
      data: { stripePriceId },
    });
    if (count > 0) {
      await writeAudit(tx, ctx, {
        action: "pack.sync",
        target: pack.id,
        before: { stripePriceId: pack.stripePriceId },
        after: { stripePriceId },
      });
    }
  });
}

import { getTranslations } from "next-intl/server";
import { Skeleton } from "@/components/ui/skeleton";
import type { SignedIn } from "@/lib/auth/session";
import { formatMinor } from "@/lib/billing/format-minor";
import type { PackView } from "@/lib/billing/list-packs";
import { readTopUp } from "@/lib/billing/views/read-top-up";
import { usdExact } from "@/lib/money";
import { TopUpForm } from "./top-up-form";
import { TopUpState } from "./top-up-state";

/** Automatic top-up. The cards come from Stripe, so that the page does not wait for this. */
export async function TopUpSection({ user, packs }: { user: SignedIn; packs: PackView[] }) {
  const [t, { topUp, cards }] = await Promise.all([getTranslations("credits.topUp"), readTopUp(user)]);
  if (cards === null && !topUp) return <p className="text-ink-2">{t("cardsUnknown")}</p>;
  const choices = (cards ?? []).map(({ id, label }) => ({ value: id, label }));
  const gone = topUp?.cardId && !choices.some(({ value }) => value === topUp.cardId);
  return (
    <div className="grid gap-4">
      {topUp ? <TopUpState topUp={topUp} /> : null}
      {cards === null ? <p className="text-ink-2">{t("cardsUnknown")}</p> : null}
      {cards !== null && cards.length === 0 ? (
        <p className="max-w-prose text-ink-2">
          {t("noCard")}{" "}
          <a href="#buy" className="link">
            {t("noCardLink")}
          </a>
        </p>
      ) : null}
      {choices.length > 0 ? (
        <TopUpForm
          packs={packs.map((pack) => ({
            value: pack.id,
            label: t("pack", { name: pack.name, price: formatMinor(pack.priceMinor, pack.currency) }),
          }))}
          cards={choices}
          initial={{
            enabled: topUp?.enabled ?? false,
            thresholdUsd: topUp ? usdExact(topUp.thresholdNano) : "5",
            packId: packs.some(({ id }) => id === topUp?.packId)
              ? (topUp?.packId ?? "")
              : ((packs[1] ?? packs[0])?.id ?? ""),
            monthlyCap: topUp ? String(topUp.monthlyCapMinor / 100n) : "100",
            cardId: gone || !topUp?.cardId ? (choices[0]?.value ?? "") : topUp.cardId,
          }}
          currency={(topUp?.currency ?? packs[0]?.currency ?? "usd").toUpperCase()}
          again={topUp?.stopped != null}
          disabled={!user.user.verified}
        />
      ) : null}
    </div>
  );
}

export function TopUpSkeleton() {
  return (
    <div className="grid gap-4">
      <Skeleton className="h-5 w-full" />
      <Skeleton className="h-14 w-full" />
      <Skeleton className="h-14 w-full" />
    </div>
  );
}

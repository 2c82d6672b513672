import { getTranslations } from "next-intl/server";
import { Figure, Figures } from "@/components/data/figure";
import { Money } from "@/components/data/money";
import { RelativeTime } from "@/components/data/relative-time";
import { Tooltip } from "@/components/ui/tooltip";
import type { WalletView } from "@/lib/ledger/get-wallet";

/** The money as it stands: what can be spent, what calls hold, and, where there is one, a debt and an expiry. */
export async function BalanceFigures({ wallet }: { wallet: WalletView }) {
  const t = await getTranslations("credits.figures");
  const odd = wallet.debtNano > 0n !== (wallet.nextExpiryAt !== null);
  return (
    <Figures>
      <Figure
        label={t("available")}
        value={<Money nano={wallet.availableNano} />}
        {...(odd ? { className: "max-md:col-span-2" } : {})}
      />
      <Figure
        label={t("held")}
        value={
          <Tooltip content={t("heldTip")}>
            <span
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what it means must be reachable by keyboard.
              tabIndex={0}
              className="rounded-sm"
            >
              <Money nano={wallet.reservedNano} />
            </span>
          </Tooltip>
        }
        hint={t("heldBy", { calls: wallet.openHolds })}
      />
      {wallet.debtNano > 0n ? (
        <Figure label={t("debt")} value={<Money nano={wallet.debtNano} />} tone="bad" hint={t("debtHint")} />
      ) : null}
      {wallet.nextExpiryAt ? (
        <Figure
          label={t("expiry")}
          value={<RelativeTime at={wallet.nextExpiryAt} />}
          tone="soon"
          hint={t("expiryHint")}
        />
      ) : null}
    </Figures>
  );
}

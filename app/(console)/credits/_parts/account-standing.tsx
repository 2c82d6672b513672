import { getTranslations } from "next-intl/server";
import { RelativeTime } from "@/components/data/relative-time";
import { Alert } from "@/components/ui/alert";
import { formatMinor } from "@/lib/billing/format-minor";
import type { OpenDispute } from "@/lib/billing/views/list-open-disputes";
import type { WalletView } from "@/lib/ledger/get-wallet";
import { formatUsd } from "@/lib/money";

/** A freeze and a debt, plainly: what happened, what it means for calls, what to do. Nothing where all is well. */
export async function AccountStanding({ wallet, disputes }: { wallet: WalletView; disputes: OpenDispute[] }) {
  const t = await getTranslations("credits.standing");
  if (!wallet.frozen && wallet.debtNano === 0n) return null;
  const disputed = wallet.frozen && wallet.frozenReason === "dispute";
  const open = disputes.some(({ lost }) => !lost);
  return (
    <div className="grid gap-3">
      {wallet.frozen ? (
        <Alert tone="bad" title={t(disputed ? (open ? "disputed" : "lost") : "frozen")}>
          <p className="max-w-prose">{t(disputed ? (open ? "disputedText" : "lostText") : "frozenText")}</p>
          {disputed ? (
            <ul className="mt-2 grid gap-1">
              {disputes.map((dispute) => (
                <li key={dispute.id} className="break-words">
                  <span className="font-medium text-ink">
                    {t("dispute", {
                      amount: formatMinor(dispute.amountMinor, dispute.currency),
                      pack: dispute.packName,
                    })}
                  </span>{" "}
                  {t("opened")} <RelativeTime at={dispute.createdAt} />{" "}
                  <code className="num text-xs">{dispute.id}</code>
                </li>
              ))}
            </ul>
          ) : null}
          {disputed ? (
            <p className="mt-2">
              <a href="/credits?kind=disputes#history" className="link">
                {t("ledger")}
              </a>
            </p>
          ) : null}
        </Alert>
      ) : null}
      {wallet.debtNano > 0n ? (
        <Alert tone="bad" title={t("debt", { amount: formatUsd(wallet.debtNano) })}>
          <p className="max-w-prose">{t("debtText", { amount: formatUsd(wallet.debtNano) })}</p>
          <p className="mt-2">
            <a href="#buy" className="link">
              {t("pay")}
            </a>
          </p>
        </Alert>
      ) : null}
    </div>
  );
}

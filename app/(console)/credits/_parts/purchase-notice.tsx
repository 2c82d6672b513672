import { getTranslations } from "next-intl/server";
import { RequestId } from "@/components/data/request-id";
import { Alert } from "@/components/ui/alert";
import { formatMinor } from "@/lib/billing/format-minor";
import type { PurchaseView } from "@/lib/billing/get-purchase";
import { formatUsd } from "@/lib/money";
import { ExternalLink } from "./external-link";
import type { Notice } from "./load-notice";
import { Recheck } from "./recheck";

const TONE = {
  paid: "good",
  processing: "info",
  pending: "info",
  unchecked: "soon",
  failed: "bad",
  expired: "soon",
  mismatch: "soon",
  cancelled: "info",
  unknown: "bad",
} as const;

/** How a payment stands, what that means for the money, and what to do. */
export async function PurchaseNotice({ notice }: { notice: Notice }) {
  const t = await getTranslations("credits.notice");
  const { state } = notice;
  if (state === "unknown" || state === "cancelled") {
    return (
      <Alert tone={TONE[state]} title={t(state)}>
        {t(`${state}Text`)}
      </Alert>
    );
  }
  const { purchase } = notice;
  const values = {
    price: formatMinor(purchase.priceMinor, purchase.currency),
    amount: formatUsd(purchase.creditNano + purchase.bonusNano),
  };
  const waits = state === "processing" || state === "unchecked" || state === "pending";
  return (
    <Alert tone={TONE[state]} title={t(state)}>
      <p>{t(`${state}Text`, values)}</p>
      {state === "pending" && "payUrl" in notice && notice.payUrl ? (
        <p className="mt-1">
          <a href={notice.payUrl} className="link">
            {t("continue")}
          </a>
        </p>
      ) : null}
      {state === "paid" ? <Papers purchase={purchase} /> : null}
      {state === "mismatch" || state === "failed" ? (
        <div className="mt-1">
          <RequestId id={purchase.id} label={t("order")} />
        </div>
      ) : null}
      {waits ? <Recheck /> : null}
    </Alert>
  );
}

async function Papers({ purchase }: { purchase: PurchaseView }) {
  const t = await getTranslations("credits.notice");
  if (!purchase.receiptUrl && !purchase.invoiceUrl) return null;
  return (
    <p className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
      {purchase.receiptUrl ? <ExternalLink href={purchase.receiptUrl}>{t("receipt")}</ExternalLink> : null}
      {purchase.invoiceUrl ? <ExternalLink href={purchase.invoiceUrl}>{t("invoice")}</ExternalLink> : null}
    </p>
  );
}

import { getTranslations } from "next-intl/server";
import { Section } from "@/components/data/section";
import type { SignedIn } from "@/lib/auth/session";
import { listReceipts } from "@/lib/billing/receipts/list-receipts";
import { readRefundWindow } from "@/lib/billing/refund-purchase";
import { PortalButton } from "./portal-button";
import { ReceiptsTable } from "./receipts-table";

/** The papers of every purchase, and the way to billing details, tax id and cards. */
export async function ReceiptsSection({
  user,
  all,
  portal,
}: {
  user: SignedIn;
  all: boolean;
  portal: boolean;
}) {
  const [t, { receipts, count }, days] = await Promise.all([
    getTranslations("credits.receipts"),
    listReceipts(user, { all }),
    readRefundWindow(),
  ]);
  return (
    <Section
      id="receipts"
      title={t("title")}
      sentence={t("sentence", { days })}
      action={portal ? <PortalButton disabled={!user.user.verified} /> : null}
    >
      {count > 0 ? <ReceiptsTable receipts={receipts} more={count - receipts.length} /> : null}
      {portal ? <p className="text-ink-3 text-xs">{t("portalHint")}</p> : null}
    </Section>
  );
}

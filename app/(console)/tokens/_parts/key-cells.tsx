import { useTranslations } from "next-intl";
import { RelativeTime } from "@/components/data/relative-time";
import { EXPIRING_DAYS } from "@/lib/keys/list-choices";
import type { KeyView } from "@/lib/keys/types";
import { clientLabel } from "./client-label";
import { overdueDays } from "./key-age";
import { MaskedKey } from "./masked-key";

const DAY_MS = 86_400_000;

/** The secrets that work, as far as they may be shown, with the end of an old one and the age of an overdue one. */
export function SecretLines({ view, now, oldAfterDays }: { view: KeyView; now: Date; oldAfterDays: number }) {
  const t = useTranslations("tokens.list");
  const overdue = overdueDays(view, now, oldAfterDays);
  return (
    <span className="grid gap-0.5 text-ink-2 text-xs">
      {view.secrets.map((secret) => (
        <span key={secret.id} className="flex flex-wrap gap-x-2">
          <MaskedKey secret={secret} />
          {secret.living && secret.endsAt ? (
            <span className="whitespace-nowrap text-warn-text">
              {t("oldUntil")} <RelativeTime at={secret.endsAt} />
            </span>
          ) : null}
          {overdue !== null && secret.endsAt === null ? (
            <span className="whitespace-nowrap text-warn-text">{t("overdue", { days: overdue })}</span>
          ) : null}
        </span>
      ))}
    </span>
  );
}

/** What was spent in the period of the key's budget, or this month where it has none, and which of the two it is. */
export function periodSpend(view: KeyView): { nano: bigint; span: "day" | "week" | "month" } {
  const { period } = view.limits;
  return period
    ? { nano: view.meter.periodSpentNano, span: period }
    : { nano: view.spentMonthNano, span: "month" };
}

/** When the key was last used, and by which program. */
export function LastUse({ view }: { view: KeyView }) {
  const t = useTranslations("tokens.list");
  if (!view.lastUsedAt) return <span className="whitespace-nowrap text-ink-3">{t("neverUsed")}</span>;
  const client = view.lastClient === null ? null : clientLabel(view.lastClient);
  return (
    <span className="max-md:inline-flex max-md:gap-1 md:grid">
      <RelativeTime at={view.lastUsedAt} />
      {client ? (
        <span className="truncate md:max-w-40 md:text-ink-3 md:text-xs" title={client}>
          <span className="md:hidden">{t("byWord")} </span>
          {client}
        </span>
      ) : null}
    </span>
  );
}

/** When the key ends, in amber when that is soon. */
export function Expiry({ view, now }: { view: KeyView; now: Date }) {
  const t = useTranslations("tokens.list");
  const { expiresAt } = view.limits;
  if (view.status === "revoked") return <span className="text-ink-3">–</span>;
  if (!expiresAt) return <span className="text-ink-3">{t("never")}</span>;
  const soon = expiresAt > now && expiresAt.getTime() - now.getTime() < EXPIRING_DAYS * DAY_MS;
  return <RelativeTime at={expiresAt} className={soon ? "text-warn-text" : ""} />;
}

import { useTranslations } from "next-intl";
import { RelativeTime } from "@/components/data/relative-time";
import { Alert } from "@/components/ui/alert";
import type { KeyView } from "@/lib/keys/types";
import type { ActionKey } from "../../_parts/action-key";
import { overdueDays } from "../../_parts/key-age";
import { BudgetNotice } from "./budget-notice";
import { EndOverlap } from "./end-overlap";
import { RotateNow } from "./rotate-now";

/** What someone who opens the page should know first: that the key does not work, that two secrets do, that it has grown old. */
export function KeyNotices({
  view,
  of,
  now,
  oldAfterDays,
  leakedAt,
}: {
  view: KeyView;
  of: ActionKey;
  now: Date;
  oldAfterDays: number;
  /** When someone reported that they found it, which ended it. */
  leakedAt: Date | null;
}) {
  const t = useTranslations("tokens.key");
  const { status } = view;
  const stopped = status === "paused" || status === "expired" || status === "revoked" ? status : null;
  const overdue = overdueDays(view, now, oldAfterDays);
  const old = view.secrets.find(({ living, endsAt }) => living && endsAt !== null);
  return (
    <div className="grid gap-2 empty:hidden">
      {stopped ? (
        <Alert
          tone={stopped === "paused" ? "soon" : "bad"}
          {...(stopped === "revoked" && leakedAt ? { title: t("leakedTitle") } : {})}
        >
          {stopped === "revoked" && leakedAt
            ? t.rich("leakedText", { at: () => <RelativeTime at={leakedAt} /> })
            : t(`notWorking.${stopped}`)}
        </Alert>
      ) : null}
      {stopped ? null : <BudgetNotice view={view} />}
      {old?.endsAt && status !== "revoked" ? (
        <Alert
          tone="soon"
          title={t("twoTitle")}
          action={
            <EndOverlap
              keyId={view.id}
              secret={{ id: old.id, lastFour: old.lastFour }}
              label={t("stopOld")}
            />
          }
        >
          {t.rich("twoText", {
            lastFour: old.lastFour,
            at: () => <RelativeTime at={old.endsAt ?? ""} />,
          })}
        </Alert>
      ) : null}
      {overdue === null ? null : (
        <Alert
          tone="soon"
          title={t("oldTitle", { days: overdue })}
          action={of.canRotate ? <RotateNow of={of} /> : null}
        >
          {t("oldText")}
        </Alert>
      )}
    </div>
  );
}

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { RelativeTime } from "@/components/data/relative-time";
import { Section } from "@/components/data/section";
import { cn } from "@/components/ui/cn";
import { formatUsd } from "@/lib/money";
import type { Attention } from "@/lib/usage/find-attention";
import type { Overview } from "@/lib/usage/overview";

const URGENT: readonly Attention["kind"][] = ["frozen", "debt", "noCredit", "failing", "failingModel"];

/** What somebody may want to do something about, with the place to do it. What a first step says is not said twice. */
export function AttentionList({ overview }: { overview: Overview }) {
  const t = useTranslations("overview");
  const { attention, steps } = overview;
  const items = attention.filter(
    ({ kind }) => !(kind === "unverified" && !steps.verified) && !(kind === "noKey" && !steps.keyMade),
  );
  return (
    <Section title={t("attention.title")}>
      {items.length === 0 ? (
        <p className="text-ink-3">{t("attention.none")}</p>
      ) : (
        <ul className="grid gap-3">
          {items.map((item) => (
            <li
              key={`${item.kind} ${"keyId" in item ? item.keyId : "modelId" in item ? item.modelId : ""}`}
              className="flex gap-2.5"
            >
              <span
                aria-hidden="true"
                className={cn(
                  "mt-1.5 size-2 shrink-0 rounded-full",
                  URGENT.includes(item.kind) ? "bg-danger" : "bg-warn",
                )}
              />
              <div className="min-w-0 break-words">
                <Words item={item} overview={overview} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Words({ item, overview }: { item: Attention; overview: Overview }) {
  const t = useTranslations("overview");
  const link = (href: string, label: string) => (
    <Link href={href} className="link">
      {label}
    </Link>
  );
  const say = (text: ReactNode, action: ReactNode) => (
    <>
      {text} {action}
    </>
  );
  switch (item.kind) {
    case "frozen":
      return say(t("attention.frozen"), link("/support", t("attention.support")));
    case "debt":
      return say(
        t("attention.debt", { amount: formatUsd(overview.wallet.debtNano) }),
        link("/credits", t("attention.addCredit")),
      );
    case "noCredit":
      return say(t("attention.noCredit"), link("/credits", t("attention.addCredit")));
    case "lowBalance":
      return say(
        t("attention.lowBalance", { amount: formatUsd(overview.wallet.availableNano) }),
        link("/credits", t("attention.addCredit")),
      );
    case "unverified":
      return say(t("attention.unverified"), link("/verify", t("attention.verify")));
    case "noKey":
      return say(t("attention.noKey"), link("/tokens", t("attention.createKey")));
    case "failing":
      return say(
        t("attention.failing", { failed: item.failed, calls: item.calls }),
        link("/logs?range=today&status=failed", t("attention.seeFailed")),
      );
    case "failingModel":
      return say(
        t.rich("attention.failingModel", {
          failed: item.failed,
          calls: item.calls,
          model: () => <span className="num break-all">{item.modelId}</span>,
        }),
        link(
          `/logs?${new URLSearchParams({ range: "today", status: "failed", model: item.modelId })}`,
          t("attention.seeFailed"),
        ),
      );
    case "keyBudget":
    case "keyExpiring":
    case "keyOld":
      return <KeyWords item={item} />;
  }
}

function KeyWords({ item }: { item: Extract<Attention, { keyId: string }> }) {
  const t = useTranslations("overview");
  const key = () => (
    <Link href={`/tokens/${item.keyId}`} className="link">
      {item.keyName}
    </Link>
  );
  if (item.kind === "keyBudget") {
    return t.rich("attention.keyBudget", { key, percent: item.percent, period: item.period });
  }
  if (item.kind === "keyOld") return t.rich("attention.keyOld", { key, days: item.days });
  return t.rich("attention.keyExpiring", { key, when: () => <RelativeTime at={item.expiresAt} /> });
}

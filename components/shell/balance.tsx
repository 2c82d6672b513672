"use client";

import { Plus } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { LinkButton } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Progress } from "@/components/ui/progress";
import { Tooltip } from "@/components/ui/tooltip";
import { formatUsd, usdExact } from "@/lib/money";

/** The wallet as the rail shows it. Amounts in nano-USD, as text, because JSON has no bigint. */
export interface BalanceView {
  availableNano: string;
  /** What is left of the credit that is not used up yet, 0 to 1. */
  share: number;
  frozen: boolean;
}

const LOW_SHARE = 0.15;

/** Keeps itself fresh: after a navigation, and when the window is looked at again. */
export function Balance({
  initial,
  source,
  inSheet = false,
  onNavigate,
}: {
  initial: BalanceView;
  /** Where to read the current BalanceView. */
  source: string;
  inSheet?: boolean;
  onNavigate?: () => void;
}) {
  const t = useTranslations("shell");
  const pathname = usePathname();
  const [view, setView] = useState(initial);
  useEffect(() => setView(initial), [initial]);

  const refresh = useCallback(async () => {
    try {
      const answer = await fetch(source, { headers: { accept: "application/json" } });
      if (answer.ok) setView((await answer.json()) as BalanceView);
    } catch {
      // Offline or signed out: the figure stays as it was.
    }
  }, [source]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a navigation is the reason to look again.
  useEffect(() => {
    void refresh();
    window.addEventListener("focus", refresh);
    return () => window.removeEventListener("focus", refresh);
  }, [pathname, refresh]);

  const nano = BigInt(view.availableNano);
  const low = nano <= 0n || view.share < LOW_SHARE;
  const tone = nano <= 0n ? "danger" : low ? "warn" : "accent";
  const hide = inSheet ? "" : "max-wide:hidden";
  const gauge = <Progress value={view.share} tone={tone} label={t("creditLeft")} />;
  return (
    <div className={cn("border-t", inSheet ? "p-4" : "p-2 wide:p-4")}>
      <div className={cn("grid gap-2", hide)}>
        <div className="flex items-baseline justify-between gap-2">
          <span className="text-ink-2 text-xs">{t("balance")}</span>
          {view.frozen ? <Badge tone="bad">{t("frozen")}</Badge> : null}
          <Link
            href="/credits"
            onClick={onNavigate}
            title={`$${usdExact(nano)}`}
            data-testid="rail-balance"
            className="num rounded-sm font-medium hover:underline"
          >
            {formatUsd(nano)}
          </Link>
        </div>
        {gauge}
        <LinkButton href="/credits" size="sm" onClick={onNavigate} className="mt-1 w-full">
          <Plus aria-hidden="true" />
          {t("addCredit")}
        </LinkButton>
      </div>
      {inSheet ? null : (
        <Tooltip content={t("balanceTip", { amount: formatUsd(nano) })} side="right">
          <Link
            href="/credits"
            aria-label={t("balanceTip", { amount: formatUsd(nano) })}
            className="grid size-10 content-center gap-1.5 rounded-md px-1.5 hover:bg-ink/5 wide:hidden"
          >
            <span aria-hidden="true" className="num block text-center text-[11px] text-ink-2 leading-none">
              {shortUsd(nano)}
            </span>
            {gauge}
          </Link>
        </Tooltip>
      )}
    </div>
  );
}

/** For 40 px: whole dollars from ten up, whole thousands from a thousand up, cents below. */
function shortUsd(nano: bigint): string {
  const dollars = nano / 1_000_000_000n;
  if (dollars >= 1_000n) return `$${dollars / 1_000n}k`;
  if (dollars >= 10n) return `$${dollars}`;
  return formatUsd(nano - (nano % 10_000_000n)).slice(0, 5);
}

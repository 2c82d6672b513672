import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { UsageOutcome } from "@/lib/usage/types";

const TONES = {
  ok: "outline",
  cut: "soon",
  cancelled: "neutral",
  upstream_error: "bad",
  refused: "bad",
  empty: "bad",
  interrupted: "bad",
} as const satisfies Record<UsageOutcome, string>;

/** How a call ended: its HTTP status and, unless all is well, what that was. */
export function CallStatus({
  outcome,
  httpStatus,
  full = false,
}: {
  outcome: UsageOutcome;
  httpStatus: number;
  /** In words too when all is well. */
  full?: boolean;
}) {
  const t = useTranslations("logs");
  const word = t(`status.${outcome}`);
  return (
    <Badge tone={full && outcome === "ok" ? "good" : TONES[outcome]} title={`${httpStatus} ${word}`}>
      <span className="num">{httpStatus}</span>
      {outcome === "ok" && !full ? <span className="sr-only">{word}</span> : word}
    </Badge>
  );
}

/** On phones, where there is no room for the status of every call: a mark at those that did not end well. */
export function StatusMark({ outcome }: { outcome: UsageOutcome }) {
  const t = useTranslations("logs");
  if (outcome === "ok") return null;
  const tone = TONES[outcome] === "bad" ? "text-danger-text" : "text-warn-text";
  return (
    <CircleAlert
      role="img"
      aria-label={t(`status.${outcome}`)}
      className={`size-3.5 shrink-0 sm:hidden ${tone}`}
    />
  );
}

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

import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { KeyStatus } from "@/lib/keys/types";

const TONE = {
  active: "good",
  rotating: "soon",
  paused: "neutral",
  expired: "bad",
  revoked: "outline",
} as const satisfies Record<KeyStatus, string>;

/** A key's state in one word. */
export function KeyStatusBadge({ status }: { status: KeyStatus }) {
  const t = useTranslations("tokens");
  return (
    <Badge tone={TONE[status]} dot>
      {t(`status.${status}`)}
    </Badge>
  );
}

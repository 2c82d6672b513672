import { useTranslations } from "next-intl";
import { changePermille } from "@/lib/usage/estimate-pace";

/** "+12 %" against the time before; nothing when there is nothing to compare with. */
export function Change({ now, before, tip }: { now: bigint; before: bigint; tip: string }) {
  const t = useTranslations("overview");
  const permille = changePermille(now, before);
  if (permille === null) return null;
  const size = Math.abs(permille);
  const percent = size < 100 ? (size / 10).toFixed(1) : String(Math.round(size / 10));
  const sign = permille > 0 ? "+" : permille < 0 ? "−" : "±";
  return <span title={tip}>{t("change", { sign, percent })}</span>;
}

import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";

/** The mark: a post and a raised barrier. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={cn("size-6 shrink-0", className)}>
      <path d="M6.5 20.5v-7" stroke="currentColor" strokeWidth="3.5" strokeLinecap="round" />
      <path
        d="M6.5 13 20.5 4.5"
        style={{ stroke: "var(--accent)" }}
        strokeWidth="3"
        strokeDasharray="4.4 1.6"
        fill="none"
      />
      <circle cx="6.5" cy="13" r="2.6" fill="currentColor" />
    </svg>
  );
}

export function Brand({ className }: { className?: string }) {
  const t = useTranslations("shell");
  return (
    <span className={cn("inline-flex items-center gap-2 font-semibold text-ink tracking-tight", className)}>
      <BrandMark />
      {t("product")}
    </span>
  );
}

import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";

/** The mark: a toll gate with its barrier raised. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" fill="none" aria-hidden="true" className={cn("size-6 shrink-0", className)}>
      <path d="M3 21.25h18" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      <rect x="4" y="12" width="4.5" height="9" rx="1" fill="currentColor" />
      <path d="m6.2 12.3 2.5-1.7" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />
      <path
        d="M9.9 9.8 20.6 2.6"
        style={{ stroke: "var(--accent)" }}
        strokeWidth="3"
        strokeDasharray="3.6 1.2"
      />
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

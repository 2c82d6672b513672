import type { useTranslations } from "next-intl";

type Translate = ReturnType<typeof useTranslations<"credits.line">>;

/** A transaction's type in words: `grant:purchase` is "Credit pack". */
export function lineName(t: Translate, type: string): string {
  const name = type.replace(/^grant:/, "") as Parameters<Translate>[0];
  return t.has(name) ? t(name) : t("other");
}

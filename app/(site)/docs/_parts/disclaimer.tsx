import { useTranslations } from "next-intl";
import type { DocFacts } from "./load-doc-facts";
import { RichLine } from "./rich-line";

/** Who operates this gateway, of whom it is independent, and what depends on the account. */
export function Disclaimer({ facts }: { facts: DocFacts }) {
  const t = useTranslations("docs.disclaimer");
  const { operator, host } = facts;
  return (
    <aside aria-labelledby="disclaimer" className="max-w-prose border-t pt-4 text-ink-2 text-sm">
      <h2 id="disclaimer" className="font-medium text-ink">
        {t("title")}
      </h2>
      <p className="mt-1">
        <RichLine text={t("text", { operator, host })} />
      </p>
    </aside>
  );
}

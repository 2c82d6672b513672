import { useTranslations } from "next-intl";
import { group } from "@/components/data/format-tokens";
import { Money } from "@/components/data/money";
import { formatPrice } from "@/components/data/price";
import { nanoFromPico } from "@/lib/money";

const TOKENS_IN = 1_840n;
const TOKENS_OUT = 412n;
const OUTPUT_CAP = 2_048n;

/** What happens to the money of one call, at the real price of a real model. */
export function WorkedExample({ model }: { model: { id: string; inputPico: bigint; outputPico: bigint } }) {
  const t = useTranslations("site");
  const heldNano = nanoFromPico(TOKENS_IN * model.inputPico + OUTPUT_CAP * model.outputPico);
  const chargedNano = nanoFromPico(TOKENS_IN * model.inputPico + TOKENS_OUT * model.outputPico);
  const rows = [
    { id: "held", detail: t("example.heldDetail", { cap: group(OUTPUT_CAP) }), nano: -heldNano },
    {
      id: "used",
      detail: t("example.usedDetail", { input: group(TOKENS_IN), output: group(TOKENS_OUT) }),
      nano: null,
    },
    { id: "returned", detail: t("example.returnedDetail"), nano: heldNano - chargedNano },
  ] as const;
  return (
    <figure className="self-start rounded-lg border bg-raised">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-4 border-b px-4 py-3">
        <span className="font-medium">{t("example.title")}</span>
        <span className="num text-ink-3 text-xs">
          {t("example.price", {
            model: model.id,
            input: formatPrice(model.inputPico),
            output: formatPrice(model.outputPico),
          })}
        </span>
      </figcaption>
      <ol>
        {rows.map(({ id, detail, nano }) => (
          <li key={id} className="flex items-baseline justify-between gap-4 border-b px-4 py-3">
            <span>
              <span className="block font-medium">{t(`example.${id}`)}</span>
              <span className="block text-ink-2">{detail}</span>
            </span>
            {nano === null ? null : <Money nano={nano} sign />}
          </li>
        ))}
        <li className="flex items-baseline justify-between gap-4 px-4 py-3">
          <span className="font-medium">{t("example.charged")}</span>
          <Money nano={-chargedNano} className="font-medium" />
        </li>
      </ol>
    </figure>
  );
}

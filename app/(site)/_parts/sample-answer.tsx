import { useTranslations } from "next-intl";
import { nanoFromPico, usdExact } from "@/lib/money";

const TOKENS_IN = 11n;
const TOKENS_OUT = 9n;

/** The headers that carry the account of a call, at the model's real price. */
export function SampleAnswer({ model }: { model: { inputPico: bigint; outputPico: bigint } }) {
  const t = useTranslations("site");
  const cost = usdExact(nanoFromPico(TOKENS_IN * model.inputPico + TOKENS_OUT * model.outputPico));
  return (
    <dl className="mt-3 grid gap-x-4 gap-y-1 border-accent border-l-2 py-0.5 pl-3 sm:grid-cols-[auto_minmax(0,1fr)]">
      <dt className="num text-xs leading-5">x-request-id: req_…</dt>
      <dd className="text-ink-2 text-xs leading-5 max-sm:mb-1">{t("sample.requestId")}</dd>
      <dt className="num text-xs leading-5">x-request-cost: {cost}</dt>
      <dd className="text-ink-2 text-xs leading-5">
        {t("sample.cost", { input: `${TOKENS_IN}`, output: `${TOKENS_OUT}` })}
      </dd>
    </dl>
  );
}

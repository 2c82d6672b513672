import { useTranslations } from "next-intl";
import { group } from "@/components/data/format-tokens";
import { ScrollRegion } from "@/components/data/scroll-region";
import { usdExact, usdPerMillion, usdPerToken } from "@/lib/money";
import type { CallDetail } from "@/lib/usage/get-call";

/** Tokens times price, line by line, and the sum, which is the cost to the unit. All amounts exact. */
export function CallPrice({ call }: { call: CallDetail }) {
  const t = useTranslations("logs");
  const { price } = call;
  if (!price) {
    return (
      <p className="text-ink-2">
        {call.costNano === 0n
          ? t("call.noPrice")
          : t("call.noPriceCost", { amount: `$${usdExact(call.costNano)}` })}
      </p>
    );
  }
  if (price.linesPico === 0n) return <p className="text-ink-2">{t("call.nothingUsed")}</p>;
  const cell = "border-b px-3 py-2 first:pl-4 last:pr-4";
  return (
    <div className="grid gap-2">
      <ScrollRegion label={t("call.cost")} className="overflow-x-auto rounded-lg border bg-raised">
        <table className="w-full border-separate border-spacing-0">
          <thead>
            <tr className="text-left text-ink-3 text-xs [&>th]:font-medium">
              <th scope="col" className={cell}>
                <span className="sr-only">{t("call.cost")}</span>
              </th>
              <th scope="col" className={`${cell} text-right`}>
                {t("call.quantity")}
              </th>
              <th scope="col" className={`${cell} text-right`}>
                {t("call.unit")}
              </th>
              <th scope="col" className={`${cell} text-right`}>
                {t("call.amount")}
              </th>
            </tr>
          </thead>
          <tbody>
            {price.lines.map((line) => (
              <tr key={line.bucket}>
                <th scope="row" className={`${cell} text-left font-normal`}>
                  {t(`call.bucket.${line.bucket}`)}
                </th>
                <td className={`${cell} num text-right`}>{group(line.quantity)}</td>
                <td className={`${cell} num text-right text-ink-2`}>
                  {line.bucket === "request" ? "" : `$${withCents(usdPerMillion(line.unitPico))}`}
                </td>
                <td className={`${cell} num whitespace-nowrap text-right`}>
                  ${usdPerToken(line.amountPico)}
                </td>
              </tr>
            ))}
            {price.roundingPico > 0n ? (
              <Rest
                label={t("call.rounding")}
                amount={`$${usdPerToken(price.roundingPico)}`}
                className={cell}
              />
            ) : null}
            {price.notChargedNano > 0n ? (
              <Rest
                label={t("call.notCharged")}
                amount={`−$${usdExact(price.notChargedNano)}`}
                className={cell}
              />
            ) : null}
          </tbody>
          <tfoot>
            <tr className="font-medium">
              <th scope="row" colSpan={3} className="px-4 py-2.5 text-left font-medium">
                {t("call.charged")}
              </th>
              <td className="num whitespace-nowrap py-2.5 pr-4 pl-3 text-right" data-testid="call-total">
                ${usdExact(price.costNano)}
              </td>
            </tr>
          </tfoot>
        </table>
      </ScrollRegion>
      <p className="text-ink-3 text-xs">
        {t(`call.tokensSource.${call.measured ? "measured" : "counted"}`)}{" "}
        {call.priceVersion === null ? null : t("call.priceVersion", { version: call.priceVersion })}
      </p>
    </div>
  );
}

function Rest({ label, amount, className }: { label: string; amount: string; className: string }) {
  return (
    <tr className="text-ink-2">
      <th scope="row" colSpan={3} className={`${className} text-left font-normal`}>
        {label}
      </th>
      <td className={`${className} num whitespace-nowrap text-right`}>{amount}</td>
    </tr>
  );
}

/** "2.5" reads "2.50"; "0.0375" stays. */
function withCents(usd: string): string {
  const [whole, fraction = ""] = usd.split(".");
  return `${whole}.${fraction.padEnd(2, "0")}`;
}

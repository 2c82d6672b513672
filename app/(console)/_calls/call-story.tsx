import Link from "next/link";
import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/data/copy-button";
import { ScrollRegion } from "@/components/data/scroll-region";
import { Section } from "@/components/data/section";
import { Alert } from "@/components/ui/alert";
import { formatUsd } from "@/lib/money";
import type { CallDetail } from "@/lib/usage/get-call";
import type { KeptPrompt } from "@/lib/usage/get-prompt";
import { FAILED_OUTCOMES } from "@/lib/usage/parse-filters";
import { CallFacts } from "./call-facts";
import { CallMoney } from "./call-money";
import { CallPrice } from "./call-price";
import { CallPrompt } from "./call-prompt";
import { CallRoute } from "./call-route";
import { CallTimes } from "./call-times";

/** One call, whole: how it ended, what it cost and why, where the time went, and what support needs. */
export function CallStory({
  call,
  bundle,
  timeZone,
  prompt,
  promptsKept,
}: {
  call: CallDetail;
  bundle: string;
  timeZone: string;
  prompt: KeptPrompt | null;
  promptsKept: boolean;
}) {
  const t = useTranslations("logs");
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <Explanation call={call} />
      <Section title={t("call.cost")}>
        <CallPrice call={call} />
      </Section>
      {call.reservedNano > 0n ? (
        <Section title={t("call.money")} sentence={t("call.moneyText")}>
          <CallMoney call={call} />
        </Section>
      ) : null}
      <Section title={t("call.times")}>
        <CallTimes call={call} />
      </Section>
      <Section
        title={t("call.route")}
        {...(call.attempts.length > 0 ? { sentence: t("call.triedText") } : {})}
      >
        <CallRoute call={call} />
      </Section>
      <Section title={t("call.facts")}>
        <CallFacts call={call} timeZone={timeZone} />
      </Section>
      <CallPrompt requestId={call.requestId} prompt={prompt} kept={promptsKept} />
      <Section
        title={t("call.support")}
        sentence={t("call.supportText")}
        action={<CopyButton text={bundle} label={t("call.supportCopy")} />}
      >
        <ScrollRegion label={t("call.supportTitle")} className="overflow-x-auto rounded-lg border bg-sunken">
          <pre className="w-max p-3 font-mono text-xs leading-5">{bundle}</pre>
        </ScrollRegion>
      </Section>
    </div>
  );
}

/** In words, where a call did not simply end well: what happened, what it means for the money, what to do. */
function Explanation({ call }: { call: CallDetail }) {
  const t = useTranslations("logs");
  const key = [call.errorCode, call.outcome].find(
    (name) => name && t.has(`explain.${name}` as "explain.cut"),
  );
  if (!key && call.clampedTokens === null) return null;
  const failed = FAILED_OUTCOMES.some((name) => name === call.outcome);
  return (
    <Alert
      tone={failed ? "bad" : "soon"}
      title={call.errorCode ? t("call.errorCode", { code: call.errorCode }) : t(`status.${call.outcome}`)}
    >
      {key ? <p>{t(`explain.${key}` as "explain.cut")}</p> : null}
      <p>
        {call.costNano === 0n
          ? t("call.moneyNone")
          : t("call.moneySome", { amount: formatUsd(call.costNano) })}
      </p>
      {call.clampedTokens === null ? null : <p>{t("call.clamped", { tokens: call.clampedTokens })}</p>}
      {call.errorCode && /^[a-z_]{1,60}$/.test(call.errorCode) ? (
        <Link href={`/docs/errors/${call.errorCode}`} className="link">
          {t("call.errorDocs")}
        </Link>
      ) : null}
    </Alert>
  );
}

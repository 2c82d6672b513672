"use client";

import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/data/copy-button";
import { Duration } from "@/components/data/duration";
import { RequestId } from "@/components/data/request-id";
import { Alert } from "@/components/ui/alert";
import type { Turn } from "./use-chat";

/** A question, its answer as it arrives, and what that cost. */
export function TurnView({ turn }: { turn: Turn }) {
  const t = useTranslations("playground");
  const { state, answer, reasoning, error } = turn;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-2" data-testid="turn">
      <p className="w-fit max-w-full justify-self-end whitespace-pre-wrap break-words rounded-lg bg-sunken px-3 py-2">
        <span className="sr-only">{t("you")} </span>
        {turn.question}
      </p>
      {reasoning ? (
        <details className="text-ink-2 text-xs">
          <summary className="w-fit rounded-sm">{t("reasoning")}</summary>
          <p className="mt-1 whitespace-pre-wrap break-words border-l pl-3">{reasoning}</p>
        </details>
      ) : null}
      <div
        aria-busy={state === "running"}
        data-testid="answer"
        className="max-w-prose whitespace-pre-wrap break-words text-ink empty:hidden"
      >
        {answer}
      </div>
      {state === "running" && answer === "" ? (
        <p className="text-ink-3">{t("waiting", { model: turn.model })}</p>
      ) : null}
      {error ? <TurnError error={error} /> : null}
      {state === "done" && answer === "" ? <p className="text-ink-2">{t("nothingSaid")}</p> : null}
      {state === "running" ? null : <Facts turn={turn} />}
      <p role="status" className="sr-only">
        {state === "running" ? "" : t(`states.${state}`)}
      </p>
    </li>
  );
}

function TurnError({ error }: { error: NonNullable<Turn["error"]> }) {
  const t = useTranslations("playground");
  const title = error.code ? `${error.status ?? ""} ${error.code}`.trim() : t("failed");
  return (
    <Alert tone="bad" title={title}>
      <p className="break-words">{error.message || t("unreachable")}</p>
      {error.docUrl?.startsWith("http") ? (
        <a className="link" href={error.docUrl}>
          {t("docs")}
        </a>
      ) : null}
    </Alert>
  );
}

function Facts({ turn }: { turn: Turn }) {
  const t = useTranslations("playground");
  const { costUsd, tokensIn, tokensOut, firstMs, totalMs, requestId, state, answer } = turn;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-3 text-xs">
      {costUsd === null ? null : (
        <span className="num text-ink-2" data-testid="cost">
          ${costUsd}
        </span>
      )}
      {state === "stopped" ? <span>{t("stoppedCost")}</span> : null}
      {tokensIn === null || tokensOut === null ? null : (
        <span className="num">{t("tokens", { input: tokensIn, output: tokensOut })}</span>
      )}
      {firstMs === null ? null : (
        <span>
          {t("first")} <Duration durationMs={firstMs} />
        </span>
      )}
      {totalMs === null ? null : (
        <span>
          {t("total")} <Duration durationMs={totalMs} />
        </span>
      )}
      <span className="num">{turn.model}</span>
      {turn.finishReason === "length" ? <span>{t("cut")}</span> : null}
      {answer ? <CopyButton text={answer} what={t("answer")} /> : null}
      {requestId ? <RequestId id={requestId} /> : null}
    </div>
  );
}

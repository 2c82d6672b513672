"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CopyBlock } from "@/components/data/copy-block";
import { Duration } from "@/components/data/duration";
import { RequestId } from "@/components/data/request-id";
import { Alert } from "@/components/ui/alert";
import { LinkButton } from "@/components/ui/button";
import { curlChat, testBody } from "@/lib/clients/curl-blocks";
import { type ApiReply, field, textOf } from "./call-api";
import { maskKey } from "./mask-key";
import { RunHere } from "./run-here";
import { useApiCall } from "./use-api-call";
import type { Setup } from "./use-setup";

/** Step 4: one real, small POST /v1/chat/completions, from here or from a terminal. */
export function TestRequest({ setup, hidden }: { setup: Setup; hidden: boolean }) {
  const t = useTranslations("setup");
  const { facts, secret, key, input } = setup;
  const call = useApiCall(`${key?.id} ${secret} ${facts.model.id}`);
  const code = curlChat(facts);
  const missing = secret
    ? input.models.length > 0
      ? null
      : t("run.needsModel")
    : t(key ? "run.needsKey" : "run.needsAnyKey");
  return (
    <>
      <RunHere
        running={call.running}
        reply={call.reply}
        host={new URL(facts.root).host}
        missing={missing}
        onRun={() => secret && call.run(`${facts.base}/chat/completions`, secret, testBody(facts))}
      >
        {call.reply?.ok ? <Answer reply={call.reply} setup={setup} /> : null}
      </RunHere>
      <CopyBlock title={t("check.curl")} code={maskKey(code, secret, hidden)} copyCode={code} />
    </>
  );
}

function Answer({ reply, setup }: { reply: Extract<ApiReply, { ok: true }>; setup: Setup }) {
  const t = useTranslations("setup.test");
  const choices = field(reply.body, "choices");
  const message = field(Array.isArray(choices) ? choices[0] : undefined, "message");
  const answer = textOf(field(message, "content"))?.trim() ?? "";
  const usage = field(reply.body, "usage");
  const input = field(usage, "prompt_tokens");
  const output = field(usage, "completion_tokens");
  return (
    <Alert
      tone="good"
      title={t("asked", { model: setup.facts.model.id, question: testBody(setup.facts).messages[0].content })}
      className="[&_dl]:mt-3"
    >
      {answer ? (
        <blockquote data-testid="answer" className="mt-1 whitespace-pre-wrap break-words text-ink">
          {answer}
        </blockquote>
      ) : (
        <p>{t("emptyAnswer")}</p>
      )}
      <dl className="flex flex-wrap gap-x-6 gap-y-2 text-xs">
        <Fact term={t("cost")}>
          {reply.costUsd === null ? t("costUnknown") : <span className="num">${reply.costUsd}</span>}
        </Fact>
        {typeof input === "number" && typeof output === "number" ? (
          <Fact term={t("tokens")}>
            <span className="num">{t("tokensValue", { input, output })}</span>
          </Fact>
        ) : null}
        <Fact term={t("took")}>
          <Duration durationMs={reply.durationMs} />
        </Fact>
      </dl>
      <div className="mt-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        {reply.requestId ? <RequestId id={reply.requestId} /> : null}
        <LinkButton href="/usage" size="sm">
          {t("usage")}
        </LinkButton>
      </div>
    </Alert>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-ink-3">{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

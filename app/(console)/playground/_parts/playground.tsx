"use client";

import { Eraser, Send, Square } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useId, useState } from "react";
import { EmptyState } from "@/components/data/empty-state";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Label } from "@/components/ui/label";
import { Textarea } from "@/components/ui/textarea";
import { AsCode } from "./as-code";
import type { ChatBody, Message } from "./code-samples";
import { type ModelChoice, NO_SETTINGS, Parameters, readSettings } from "./parameters";
import { TurnView } from "./turn-view";
import { useChat } from "./use-chat";

/** Ask a model, see its answer arrive and what it cost, and take the call along as code. */
export function Playground({
  apiUrl,
  models,
  firstModel,
  verified,
  hasCredit,
}: {
  apiUrl: string;
  models: readonly ModelChoice[];
  firstModel: string;
  verified: boolean;
  hasCredit: boolean;
}) {
  const t = useTranslations("playground");
  const id = useId();
  const [settings, setSettings] = useState({ ...NO_SETTINGS, model: firstModel });
  const [question, setQuestion] = useState("");
  const chat = useChat(apiUrl);
  const model = models.find((one) => one.id === settings.model);
  const { values, problems } = readSettings(settings, model);
  const history = chat.turns
    .filter(({ state, answer }) => state !== "failed" && answer !== "")
    .flatMap((turn): Message[] => [
      { role: "user", content: turn.question },
      { role: "assistant", content: turn.answer },
    ]);
  const system: Message[] = settings.system.trim()
    ? [{ role: "system", content: settings.system.trim() }]
    : [];
  const bodyFor = (text: string): ChatBody => ({
    model: settings.model,
    messages: [...system, ...history, { role: "user", content: text }],
    ...values,
  });
  const ready = verified && model !== undefined && Object.keys(problems).length === 0;

  function send() {
    const text = question.trim();
    if (!ready || text === "" || chat.running) return;
    setQuestion("");
    void chat.ask(text, bodyFor(text));
  }

  function onKey(event: KeyboardEvent) {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  }

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 wide:grid-cols-[minmax(0,1fr)_19rem] wide:gap-8">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 wide:order-2">
        <Parameters models={models} settings={settings} problems={problems} onChange={setSettings} />
        <AsCode base={`${apiUrl}/v1`} body={bodyFor(question.trim() || t("exampleQuestion"))} />
      </div>
      <section aria-label={t("conversation")} className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {verified ? null : <Alert tone="soon" title={t("notVerified")} />}
        {verified && !hasCredit ? (
          <Alert tone="soon" title={t("noCredit")}>
            <Link href="/credits" className="link">
              {t("buy")}
            </Link>
          </Alert>
        ) : null}
        {chat.turns.length === 0 ? (
          <EmptyState title={model ? t("empty") : t("noModels")}>{t("emptyText")}</EmptyState>
        ) : (
          <ol className="grid grid-cols-[minmax(0,1fr)] gap-6">
            {chat.turns.map((turn) => (
              <TurnView key={turn.id} turn={turn} />
            ))}
          </ol>
        )}
        <div className="sticky bottom-0 grid gap-2 border-t bg-paper py-3">
          <Label htmlFor={`${id}-question`}>{t("question")}</Label>
          <Textarea
            id={`${id}-question`}
            value={question}
            onChange={(event) => setQuestion(event.target.value)}
            onKeyDown={onKey}
            rows={3}
            placeholder={t("exampleQuestion")}
            aria-describedby={`${id}-hint`}
          />
          <div className="flex flex-wrap items-center gap-2">
            {chat.running ? (
              <Button variant="primary" onClick={chat.stop}>
                <Square aria-hidden="true" />
                {t("stop")}
              </Button>
            ) : (
              <Button variant="primary" onClick={send} disabled={!ready || question.trim() === ""}>
                <Send aria-hidden="true" />
                {t("send")}
              </Button>
            )}
            {chat.turns.length > 0 && !chat.running ? (
              <Button variant="ghost" onClick={chat.clear}>
                <Eraser aria-hidden="true" />
                {t("clear")}
              </Button>
            ) : null}
            <p id={`${id}-hint`} className="text-ink-3 text-xs">
              {t("hint")}
            </p>
          </div>
        </div>
      </section>
    </div>
  );
}
